# Pages of citizens and public pages.
# Start page
start-title = Start
start-heading = File, follow and receive in one place
start-lead = Find the procedure you need, file online and see where your dossier is at any time.
start-doors = Three ways in
start-door-catalogue = Find a procedure
start-door-catalogue-text = Papers to hand in, times and fees.
start-door-tracking = Track a dossier
start-door-tracking-text = With the code on your receipt, without signing in.
start-door-sign-in = Sign in
start-door-sign-in-text = To file a new dossier and see those you filed.
start-door-own = My dossiers and work
start-door-own-text = Go on where you left off.
start-need = What you need
start-need-identity = Your personal number (12 digits), or the tax code of an organisation.
start-need-papers = Photos or PDF files of the papers that the procedure asks for, 20 MB each at most.
start-need-contact = A telephone number or e-mail address for messages.
start-after = After you file
start-after-check = The one-stop shop checks the dossier within 8 working hours.
start-after-receipt = If it is complete you get a receipt with a code and a due date. If something is missing you are told once, completely.
start-after-result = You receive the result the way you chose.
start-help = If filing online is difficult, go to the nearest one-stop shop for help.
# Catalogue
catalogue-title = Catalogue of procedures
catalogue-title-search = Search for “{ $words }” in the catalogue of procedures
catalogue-search-label = Which procedure do you need?
catalogue-search-hint = In Vietnamese, with or without accents. For example: giấy phép xây dựng (building permit).
catalogue-search-button = Search
catalogue-agency = Deciding agency
catalogue-field = Field
catalogue-any = All
catalogue-count =
    { $count ->
        [0] No procedure found.
        [one] { $count } procedure found.
       *[other] { $count } procedures found.
    }
catalogue-clear = Clear the filters
catalogue-empty = No procedure matches what you searched for.
catalogue-empty-advice = Use fewer or other words, or clear the filters. If that does not help, ask the nearest one-stop shop.
catalogue-procedure = Procedure
catalogue-time = Committed time
catalogue-ways = Ways to file
catalogue-online = Can be filed online
catalogue-counter = At the counter or by post
pages-label = Pages
pages-before = Previous page
pages-after = Next page
pages-where = Page { $number } of { $last }
breadcrumb-label = Breadcrumb
agency-kind-UBND_XA = Commune people's committee
agency-kind-SXD = Department of Construction
agency-kind-BQLKKT = Management board of economic and industrial zones
agency-kind-UBND_TINH = Provincial people's committee
mark-demo = Demonstration figure
mark-unverified = Not verified
amount-dong = { $amount } dong
class-tat_ca = All cases
class-nha_o = Private house
class-cong_trinh_khac = Other works
class-con_lai = Remaining cases
class-co_cong_trinh_cap_I = With class I works
class-cap_I = Class I works
class-cap_II_III = Class II and III works
class-nhom_B = Group B project
class-nhom_C = Group C project
class-bao_ton = Conservation of relics
class-rut_gon = Shortened procedure
class-thong_thuong = Ordinary procedure
# One procedure
procedure-code = Procedure code
procedure-authority = Competent authority
procedure-level = Online level
procedure-who = Who may file
procedure-start = File online
procedure-not-online = This procedure cannot be filed online yet. File at the one-stop shop or by post.
procedure-not-in-force = This procedure takes no dossiers at present. Look for one in force in the catalogue.
procedure-case = Your case
procedure-case-hint = Choose to see only the papers and times of that case.
procedure-case-all = Show all cases
procedure-case-button = Show
procedure-papers = Papers to hand in
procedure-sets = Number of sets: { $count }.
procedure-no-papers = This procedure asks for no papers.
procedure-time = Time
procedure-fees = Fees
procedure-ways = Ways to file
procedure-steps = Steps
procedure-results = Results
procedure-conditions = Conditions
procedure-law = Legal basis
procedure-process = Internal process and the time of each step ({ $time })
process-caption = Steps of the internal process
process-step = Step
process-place = Place
process-time = Working time
process-demo = The internal process is a demonstration, not a decision of the agency.
level-whole = Fully online service
level-part = Partly online service
level-3 = Online service, level 3
level-4 = Online service, level 4
paper-name = Paper
paper-number = Number
paper-accepts = Accepted as
paper-needed = Needed
paper-source = Source in law
paper-originals =
    { $count ->
        [one] { $count } original
       *[other] { $count } originals
    }
paper-copies =
    { $count ->
        [one] { $count } copy
       *[other] { $count } copies
    }
paper-mandatory = Mandatory
paper-optional = If it applies
paper-cases = Applies to:
paper-not-electronic = Must also be handed in on paper
paper-database = Not needed if already in:
paper-kind = Handed in as
paper-file = File
paper-kind-original = original
paper-kind-certified_copy = certified copy
paper-kind-plain_copy = copy
paper-kind-electronic_copy = electronic copy
paper-kind-electronic_form = form filled online
paper-kind-data_lookup = looked up in a database
time-class = Case
time-committed = Committed time
time-statutory = Time by law
time-start = Counted from: { $start }
fee-none = Free of charge
fee-nothing = No fees.
fee-unknown = No amount set.
fee-when = Paid: { $when }.
way-accepted = accepted
way-not-accepted = not accepted
length-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
length-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
length-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
length-none = Not counted
# Signing in
sign-in-title = Sign in
sign-in-lead = Use the account you were given to file and to see your dossiers.
sign-in-login = User name
sign-in-password = Password
sign-in-show = Show
sign-in-show-label = Show the password
sign-in-button = Sign in
sign-in-wrong = The user name or password is not right. Check both and try again.
sign-in-locked = The account is locked for a while after too many failed attempts. Wait a few minutes and try again.
sign-in-help = If you forgot your password, bring your identity card to the one-stop shop to get a new one.
sign-in-tracking = Only want to know where a dossier is? Track it by its code.
sign-in-expired = Sign in again to go on
sign-in-expired-text = You were away too long and the session ended. Nothing was sent. What you typed is still here and comes back after you sign in.
sign-in-expired-files = The files you had just chosen could not be kept. Choose them again after signing in.
go-on-title = Signed in again
go-on-text = Your session ended while you were typing, so nothing was sent. What you typed is still here. Choose “Send now” to send it.
go-on-files = The files you had just chosen could not be kept. Go back to the page and choose them again.
go-on-button = Send now
go-on-back = Do not send, go back to the page
problems-title = Something needs mending
# Tracking
tracking-title = Track a dossier
tracking-label = Dossier code
tracking-hint = Printed at the top of the receipt, under the QR code. For example: H60.30-261124-0001.
tracking-button = Track
tracking-nothing = No dossier found
tracking-unknown = There is no dossier with this code. Compare every letter and digit with your receipt.
tracking-result = Dossier found
tracking-privacy = This page shows progress only. Sign in to see your whole dossier.
# Dossiers
dossier-stage = Stage
dossier-agency = Deciding agency
dossier-due = Result promised
dossier-due-none = Known after reception
dossier-finished = Result ready
dossier-course = Course
dossier-no-code = No code yet
dossier-holder = Now with
dossier-held-by-you = You: papers are to be supplemented
dossier-why = Why this date?
dossier-papers = Papers handed in
dossier-no-papers = No papers yet.
dossier-receipt = Receipt
dossier-receipt-link = Open the receipt with the due date (PDF)
dossier-result = Result
dossier-result-link = Open the result (PDF)
dossier-refusal = Why it was not accepted:
dossier-stopped = Why it was stopped:
dossier-apology = The agency apologises that the result will not be ready on { $old }. New promised date: { $new }. Reason: { $reason }
payment-title = You have to pay
payment-until = To be paid by { $moment }.
payment-how = Pay at the one-stop or as the agency says, and keep the receipt.
request-title = The agency asks you to supplement
own-title = My dossiers
own-empty = You have not filed a dossier yet.
own-empty-advice = Find the procedure you need, see which papers it asks for, then file online.
own-find = Find a procedure
own-dossier = Dossier
own-dossier-title = Dossier { $code }
own-submitted = Filed on
own-waits = Waits for you
back-to-dossier = Back to the dossier
next-submitted = Your dossier is at the one-stop shop and waits to be checked. You need not do anything.
next-awaiting_supplement = Something is missing. The clock stands still until you supplement it.
next-awaiting_payment = The agency waits for your payment. When it is there, the dossier goes on.
next-supplemented = The one-stop shop is checking what you handed in.
next-received = Your dossier was accepted and will be handed on.
next-transferred = Your dossier is with the deciding agency and waits for an officer.
next-in_progress = The agency is working on your dossier. You need not do anything.
next-awaiting_signature = The result is drafted and waits for a signature.
next-awaiting_issue = The result is signed and will be issued soon.
next-issued = The result is ready. You can open it below.
next-returned = You have received the result. The dossier is closed.
next-not_accepted = The dossier was not accepted. See the reason; you may file a new one.
next-stopped = The agency has stopped this dossier. See the reason; you may file a new one.
next-withdrawn = You withdrew this dossier. You may file a new one.
done-submit = Your dossier has been filed. The one-stop shop will check it and answer you.
done-supplement = Your supplements have been sent. The one-stop shop will check them.
done-withdraw = The dossier has been withdrawn.
# Filing
filing-title = File online
filing-back = Back to the procedure
filing-case = Which case is yours?
filing-case-hint = Papers and times differ by case.
filing-case-missing = Choose a case.
filing-case-short = Case
filing-case-change = Change
filing-continue = Continue
filing-draft = NOT FILED YET
filing-draft-text = The dossier is filed only when you press the button at the end of the page and see that it was filed.
filing-where = Where to file
filing-agency = Deciding agency
filing-agency-hint = Choose the place of the house, land, works or project.
filing-who = Applicant
filing-papers = Papers
filing-papers-text = Photograph or scan each paper clearly. If a paper has several pages, put them into one PDF file.
filing-result-title = Receiving the result
filing-result = How do you want to receive the result?
filing-promise = By filing you declare that what you stated and the papers attached are true.
filing-submit = File the dossier
filing-cancel = Do not file
filing-resumed = You are signed in again. What you typed is still here. The dossier has not been filed yet.
filing-resumed-files = You are signed in again. What you typed is still here, but the files must be chosen again. The dossier has not been filed yet.
filing-filed-before = You have already filed a dossier from this page. See My dossiers. Press the button again only if you want to file one more.
applicant-name = Full name, or name of the organisation
applicant-personal-number = Personal number
applicant-personal-number-hint = 12 digits on the identity card. Leave empty for an organisation.
applicant-tax-code = Tax code
applicant-tax-code-hint = Only for organisations and companies.
applicant-phone = Telephone
applicant-phone-hint = For example: 0912 345 678.
applicant-email = E-mail
applicant-address = Address
applicant-address-hint = House number, street or hamlet; commune or ward; province.
result-way-online = Electronic, to view and download here
result-way-counter = On paper at the one-stop shop
result-way-post = By post to the address given
field-required = required
field-choose = Choose
form-only-when = Only if: { $condition }.
form-repeat = If there are several, write each on a line of its own or separate them with semicolons.
form-example-date = For example: 27/3/1990.
form-example-year = For example: 27/3/1990, or only the year 1990.
form-example-personal-number = 12 digits.
form-example-tax-code = 10 digits, or 13 digits for a branch.
form-example-number = For example: 1.250.000 or 12,5.
paper-by-form = You fill in this form on this page; there is nothing to attach.
paper-lookup = Already in the database, please look it up
file-hint = PDF, JPG, PNG or HEIC, 20 MB at most.
file-received = Received: { $file }
file-remove = Remove this file
file-replace = Choose another file below to replace it.
file-empty = This file is empty (0 bytes). Try to open it on your device, then choose it again.
file-too-large = The file is larger than { $limit }. Reduce the quality of the picture or split the file, then choose again.
file-wrong-type = The content of this file is not PDF, JPG, PNG or HEIC. Open it on your device to check, then choose another.
file-mislabelled = The content of the file does not match its name. Save it in the right format, then choose it again.
file-encrypted = The PDF asks for a password, so nobody could read it. Remove the password, save the file, then choose it again.
file-altered = The file was altered after it was signed. Choose the original, or sign again and choose that.
file-added-to = Content was added to the file after it was signed. Choose the original, or sign again and choose that.
file-signature-expired = The certificate did not hold when the file was signed. Renew it, sign again, then choose the file.
file-signature-stranger = It is unknown who issued the certificate that signed this file. Sign with a certificate of a recognised issuer, or hand in the paper.
file-signature-time = The time-stamp of the signature is wrong, or it is unknown who issued it. Sign again, then choose the file.
file-signature-format = The signature in the file is not made the way of PDF files, so it cannot be checked. Sign again with a program that signs PDF files, then choose the file.
size-bytes = { $amount } bytes
size-kb = { $amount } KB
size-mb = { $amount } MB
# Supplements and withdrawal
supplement-note = Message to the agency
supplement-note-hint = For example: the floor plan was corrected as requested.
supplement-nothing = Choose a file for a paper that is asked for, or write a message.
supplement-button = Send
supplement-cancel = Not yet, back to the dossier
withdraw-warning = Withdrawing stops the work on your dossier. It cannot be undone; if you change your mind you must file again.
withdraw-reason = Why do you withdraw?
withdraw-button = Withdraw the dossier
withdraw-cancel = Do not withdraw, back to the dossier
# Static pages
footer-accessibility = Accessibility
footer-privacy = Personal data
accessibility-title = Accessibility
accessibility-lead = This site is made for everyone, also for people who see badly, use no mouse or have an old telephone. We aim at WCAG 2.2 level AA.
accessibility-can = You can
accessibility-keyboard = Use the whole site with the keyboard alone.
accessibility-reader = Listen to it with a screen reader.
accessibility-zoom = Zoom to 400% or use a screen of 320 points without scrolling sideways.
accessibility-script = File and track dossiers with JavaScript turned off.
accessibility-colour = Understand every sign without telling colours apart: there is always a word or a shape.
accessibility-limits = Known limits
accessibility-limits-text = Papers that applicants upload stay as they are, so a screen reader may not be able to read them.
accessibility-help = If something is difficult
accessibility-help-text = Go to the nearest one-stop shop: an official will help you fill in and file, and will note where this site falls short.
privacy-title = Personal data
privacy-lead = We use your data only to work on the dossiers that you file.
privacy-what = Which data
privacy-what-text = Name, personal number or tax code, address, contact, the content of the form and the papers you hand in; who did which step and when.
privacy-who = Who may see it
privacy-who-text = You, the one-stop shop that takes the dossier and the officials who work on it. Each time an official opens your dossier this is written down.
privacy-public = What anyone may see
privacy-public-text = With the code of a dossier one sees only the procedure, the agency, the progress and the due date; no names, papers or content.
privacy-keep = How long it is kept
privacy-keep-text = Dossiers are kept for the time set by the law on archives. The log of steps cannot be changed or erased; the public log holds no personal data.
privacy-cookies = Cookies
privacy-cookies-text = There is one cookie for the session and one for the language. No tracking, no advertisements.
privacy-rights = Your rights
privacy-rights-text = You can see your data under My dossiers and ask the one-stop shop where you filed to correct mistakes.
