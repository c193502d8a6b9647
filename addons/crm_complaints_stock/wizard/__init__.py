from . import crm_complaint_phone, stock_return_picking
