"""An act as Akoma Ntoso 3.0 (OASIS LegalDocumentML 1.0) with what was found in it as annotations."""

from expertise.documents.akoma.document import akoma_ntoso

__all__ = ["akoma_ntoso"]
