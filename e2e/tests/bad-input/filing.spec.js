// What goes wrong while filing, and what the page says then.
import { test as base, expect } from '../support/test.js'
import { choice, dossiersOf, field, fillIn, handIn, paper } from '../support/filing.js'
import { DRAWINGS, EMPTY, LAND, PROMISE, REQUIRED, TEXT_AS_PDF } from '../support/files.js'
import { FILING, HOUSE } from '../support/house.js'
import { expectComplaint, summary } from '../support/errors.js'
import { look } from '../support/look.js'

const placeOf = (component) => `paper-${HOUSE.procedure.replaceAll('.', '-')}-${component}`
const FILED = /\/ho-so-cua-toi\/[0-9a-f]{32}\?xong=submit$/

// The form, open before a citizen who has few dossiers.
const test = base.extend({
  page: async ({ as }, use) => {
    const page = await as('dan2')
    await page.goto(FILING)
    await use(page)
  },
})

test('a personal number with a digit too few keeps everything else', async ({ page }) => {
  await fillIn(page, { 'applicant.personal_number': '00208765432' })
  await handIn(page).click()
  await expectComplaint(page, 'applicant-personal_number', 'có 12 chữ số, bạn đã điền 11 chữ số')
  await expect(summary(page).getByRole('link')).toHaveCount(1)
  await expect(field(page, 'form.lo_dat_so')).toHaveValue('Thửa 12, tờ bản đồ 34')
  await expect(choice(page, 'form.nha_cap', 'IV')).toBeChecked()
  await expect(page.getByText(`Đã nhận: ${DRAWINGS.name}`)).toBeVisible()
  await look(page, '80-wrong-personal-number')

  await field(page, 'applicant.personal_number').fill('002087654321')
  await handIn(page).click()
  await expect(page).toHaveURL(FILED)
  await expect(page.getByRole('link', { name: LAND.name })).toBeVisible()
})

test('a personal number with a letter is told which', async ({ page }) => {
  await fillIn(page, { 'applicant.personal_number': '00208765432O' })
  await handIn(page).click()
  await expectComplaint(page, 'applicant-personal_number', 'chỉ gồm chữ số, không có “O”')
})

test('an empty form names everything that is missing', async ({ page }) => {
  await handIn(page).click()
  await expectComplaint(page, 'form-lo_dat_so', 'Hãy điền mục này')
  await expectComplaint(page, placeOf('c18'), 'giấy tờ bắt buộc')
  expect(await summary(page).getByRole('link').count()).toBeGreaterThan(15)
  await look(page, '81-everything-missing')
})

test('a required paper is missing', async ({ page }) => {
  await fillIn(page, {}, { c16: LAND, c22: PROMISE })
  await handIn(page).click()
  await expectComplaint(page, placeOf('c18'), 'Hãy đính kèm giấy tờ này')
  await expect(summary(page).getByRole('link')).toHaveCount(1)
  await paper(page, 'c18').setInputFiles(DRAWINGS)
  await handIn(page).click()
  await expect(page).toHaveURL(FILED)
})

for (const [what, file, sentence] of [
  ['empty', EMPTY, 'Tệp này trống (0 byte)'],
  ['text with the name of a PDF', TEXT_AS_PDF, 'Nội dung tệp này không phải PDF, JPG, PNG hoặc HEIC'],
]) {
  test(`a file that is ${what} is not taken, the others are kept`, async ({ page }) => {
    await fillIn(page, {}, { ...REQUIRED, c18: file })
    await handIn(page).click()
    await expectComplaint(page, placeOf('c18'), sentence)
    await expect(page.getByText(`Đã nhận: ${LAND.name}`)).toBeVisible()
    await look(page, file === EMPTY ? '82-empty-file' : '83-mislabelled-file')
    await paper(page, 'c18').setInputFiles(DRAWINGS)
    await handIn(page).click()
    await expect(page).toHaveURL(FILED)
  })
}

test('an optional file that is broken is not left out in silence', async ({ page }) => {
  await fillIn(page, {}, { ...REQUIRED, c17: EMPTY })
  await handIn(page).click()
  await expectComplaint(page, placeOf('c17'), 'Tệp này trống (0 byte)')
})

test('a double click hands in once', async ({ page }) => {
  const before = new Set(await dossiersOf(page))
  await page.goto(FILING)
  await fillIn(page)
  await handIn(page).dblclick()
  await expect(page).toHaveURL(FILED)
  const after = await dossiersOf(page)
  expect(after.filter((dossier) => !before.has(dossier))).toHaveLength(1)
})

test('the page of a form that was handed in files no second dossier', async ({ page }) => {
  await fillIn(page)
  await handIn(page).click()
  await expect(page).toHaveURL(FILED)
  const before = new Set(await dossiersOf(page))
  await page.goBack()
  await page.goBack()
  await expect(page).toHaveURL(/\/nop-ho-so\//)
  // Whether the browser kept the form or asked for a new one, one press is one wish.
  const kept = await field(page, 'form.lo_dat_so').inputValue()
  await handIn(page).click()
  if (kept !== '') await expect(page).not.toHaveURL(/\/nop-ho-so\/.*truong-hop/)
  const after = await dossiersOf(page)
  expect(after.filter((dossier) => !before.has(dossier))).toHaveLength(0)
})
