from .requirement_common import RequirementCase


class TestRequirementDocument(RequirementCase):
    """A rule may ask for a document of a kind, attached or sent in a message."""

    def test_document_must_be_attached(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.assertStops(lead, "attach “Contract”")
        self.attach(lead)

        self.assertPasses(lead)

    def test_document_in_a_message_counts(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        lead.message_post(body="x", attachments=[("The CONTRACT.pdf", b"%PDF-1.4 text")])

        self.assertPasses(lead)

    def test_empty_file_other_type_and_other_name_do_not_count(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.attach(lead, raw=b"")
        self.attach(lead, name="contract.txt", raw=b"words")
        self.attach(lead, name="offer.pdf")
        self.attach(self.lead())

        self.assertStops(lead)

    def test_chosen_kind_counts_before_the_name(self):
        other = self.env["crm.standard.document.kind"].create({"name": "Questionnaire"})
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.attach(lead, standard_kind_id=other.id)
        self.assertStops(lead)
        self.attach(lead, name="scan 7.pdf", standard_kind_id=self.contract.id)

        self.assertPasses(lead)

    def test_sign_of_a_pattern_stands_for_itself(self):
        self.contract.name_pattern = "100%_*"
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()

        self.attach(lead, name="100 and more.pdf")
        self.assertStops(lead)
        self.attach(lead, name="100%_sure.pdf")

        self.assertPasses(lead)

    def test_t4_defaults_of_a_caller_make_no_document_of_nothing(self):
        self.standard(self.asking("document", document_kind_id=self.contract.id))
        lead = self.lead()
        files = self.env["ir.attachment"].with_user(self.salesman)

        file = files.with_context(
            default_file_size=5000, default_checksum="1", default_store_fname="1/1"
        ).create(
            {
                "name": "contract.pdf",
                "mimetype": "application/pdf",
                "res_model": "crm.lead",
                "res_id": lead.id,
            }
        )

        self.assertFalse(file.file_size)
        self.assertStops(lead, "attach “Contract”")
