// The whole behaviour of a page. Everything here improves a page that works without it.
import { initAll } from './govuk-frontend.min.js'

const VIETNAMESE = {
  accordion: {
    i18n: {
      hideAllSections: 'Thu gọn tất cả',
      hideSection: 'Thu gọn',
      hideSectionAriaLabel: 'Thu gọn phần này',
      showAllSections: 'Mở tất cả',
      showSection: 'Mở',
      showSectionAriaLabel: 'Mở phần này',
    },
  },
  characterCount: {
    i18n: {
      charactersUnderLimit: { other: 'Còn %{count} ký tự' },
      charactersAtLimit: 'Còn 0 ký tự',
      charactersOverLimit: { other: 'Quá %{count} ký tự' },
      wordsUnderLimit: { other: 'Còn %{count} từ' },
      wordsAtLimit: 'Còn 0 từ',
      wordsOverLimit: { other: 'Quá %{count} từ' },
    },
  },
  exitThisPage: {
    i18n: {
      activated: 'Đang tải.',
      timedOut: 'Đã hết thời gian thoát trang.',
      pressTwoMoreTimes: 'Phím Shift, nhấn thêm 2 lần để thoát.',
      pressOneMoreTime: 'Phím Shift, nhấn thêm 1 lần để thoát.',
    },
  },
  fileUpload: {
    i18n: {
      chooseFilesButton: 'Chọn tệp',
      dropInstruction: 'hoặc kéo thả tệp vào đây',
      noFileChosen: 'Chưa chọn tệp nào',
      multipleFilesChosen: { other: 'Đã chọn %{count} tệp' },
      enteredDropZone: 'Đã vào vùng thả tệp',
      leftDropZone: 'Đã ra khỏi vùng thả tệp',
    },
  },
  passwordInput: {
    i18n: {
      showPassword: 'Hiện',
      hidePassword: 'Ẩn',
      showPasswordAriaLabel: 'Hiện mật khẩu',
      hidePasswordAriaLabel: 'Ẩn mật khẩu',
      passwordShownAnnouncement: 'Mật khẩu đang hiện',
      passwordHiddenAnnouncement: 'Mật khẩu đang ẩn',
    },
  },
}

const strings = document.documentElement.lang.startsWith('vi') ? VIETNAMESE : {}

function start() {
  initAll({
    ...strings,
    // After a swap, what is on the page already says so; that is not an error.
    onError: (error) => {
      if (error.name !== 'InitError') console.error(error)
    },
  })
}

// The summary of errors takes the focus by itself (data-module="govuk-error-summary"). A page that
// lacks one shows its flash message first.
function focusFirstMessage() {
  if (document.querySelector('.govuk-error-summary')) return
  document.querySelector('.mc-flash[tabindex]')?.focus({ preventScroll: true })
}

// One form, one submission: a second click within ten seconds is the same click. The server has
// its own guard; this one spares the applicant the second wait.
const PAUSE = 10_000
const sent = new WeakMap()

function guardSubmission(event) {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
  const before = sent.get(form)
  if (before !== undefined && event.timeStamp - before < PAUSE) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  sent.set(form, event.timeStamp)
  // A htmx form stays on the page and may be sent again when its answer has come.
  form.setAttribute('aria-busy', 'true')
  setTimeout(() => release(form), PAUSE)
}

function release(form) {
  sent.delete(form)
  form.removeAttribute('aria-busy')
}

const releaseAll = () => document.querySelectorAll('form[aria-busy]').forEach(release)

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
start()
focusFirstMessage()
document.addEventListener('submit', guardSubmission, { capture: true })
// Back to a page kept in memory: its forms are free again.
window.addEventListener('pageshow', (event) => event.persisted && releaseAll())
document.addEventListener('htmx:after:request', releaseAll)
document.addEventListener('htmx:after:swap', start)

// <button type="button" data-print> prints the page; without JavaScript it is not shown (mc.css).
document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-print]')) window.print()
})
