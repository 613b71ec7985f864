# The frame of the pages and the common parts.
brand = Một Cửa
province = Tuyên Quang Province
skip-to-content = Skip to main content
title-error-prefix = Error:
menu = Menu
language-switch = Language
sign-out = Sign out
signed-in-as = Signed in as
back-landmark = Back
phase-demo = Trial
phase-demo-text = Nothing on this page is real. Do not enter real personal data.
footer-links = Links at the foot of the page
footer-owner = Run by the one-stop shops of the province.
deadline-days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
