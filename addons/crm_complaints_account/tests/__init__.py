from . import (
    test_credit,
    test_credit_access,
    test_debt,
    test_invoice,
    test_invoice_access,
    test_revenue,
)
