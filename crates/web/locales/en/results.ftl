# A citizen's results, and using them again.
nav-own-results = My results
own-results-title = My results
own-results-lead = Every result ever issued to your personal number, or for a dossier filed from this account.
own-results-empty = You have no result yet.
own-results-empty-advice = When a dossier is decided, its result is kept here, for good.
own-result = Result
own-result-agency = Issued by
own-result-issued = Issued on
own-result-standing = Validity
own-result-paper = PDF
own-result-open = Open, print
own-result-download = Download
result-granted = Granted
result-valid-until = Valid until { $day }
result-expired = Not valid after { $day }
result-refused = Refused
