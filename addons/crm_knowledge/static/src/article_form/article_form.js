import { HistoryDialog } from "@html_editor/components/history_dialog/history_dialog";
import { getHtmlFieldMetadata, setHtmlFieldMetadata } from "@html_editor/fields/html_field";
import { markup } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const TEXT_FIELDS = ["name", "summary", "body", "lang"];

/**
 * A change of the text says which edition it began from, so that the server refuses to overwrite
 * what somebody else has saved meanwhile.
 */
export class ArticleRecord extends formView.Model.Record {
    _getChanges() {
        const changes = super._getChanges(...arguments);
        if (this.resId && TEXT_FIELDS.some((name) => name in changes)) {
            changes.edition = this.data.edition;
        }
        return changes;
    }
}

export class ArticleModel extends formView.Model {
    static Record = ArticleRecord;
}

/** The form of an article: earlier texts can be compared and taken back from its menu. */
export class ArticleFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    getStaticActionMenuItems() {
        return {
            ...super.getStaticActionMenuItems(),
            openHistory: {
                isAvailable: () => this.model.root.data.can_edit,
                sequence: 15,
                icon: "fa fa-history",
                description: _t("Earlier Texts"),
                callback: () => this.openHistory(),
            },
        };
    }

    openHistory() {
        const record = this.model.root;
        const historyMetadata = record.data.html_field_history_metadata?.body;
        if (!historyMetadata?.length) {
            this.notification.add(_t("The text was not changed yet."));
            return;
        }
        this.dialogService.add(HistoryDialog, {
            title: _t("Earlier Texts"),
            noContentHelper: markup`<span class="text-muted fst-italic">${_t(
                "There was no text then."
            )}</span>`,
            recordId: record.resId,
            recordModel: this.props.resModel,
            versionedFieldName: "body",
            historyMetadata,
            restoreRequested: (html, close) => this.restore(html, close),
        });
    }

    restore(html, close) {
        const record = this.model.root;
        this.dialogService.add(ConfirmationDialog, {
            title: _t("Take back this text?"),
            body: _t("It replaces the present one. Nothing is saved before you save."),
            confirmLabel: _t("Take This Text Back"),
            confirm: () => {
                const metadata = getHtmlFieldMetadata(record.data.body);
                record.update({ body: setHtmlFieldMetadata(html, metadata) });
                close();
            },
            cancel: () => {},
        });
    }
}

registry.category("views").add("crm_knowledge_article_form", {
    ...formView,
    Model: ArticleModel,
    Controller: ArticleFormController,
});
