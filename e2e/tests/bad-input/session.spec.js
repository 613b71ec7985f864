// A session that ends while somebody is writing.
import { test, expect, signIn } from '../support/test.js'
import { choice, field, fillIn, file, handIn } from '../support/filing.js'
import { button, open } from '../support/acts.js'
import { CITIZEN, FILING, HOUSE, WARD } from '../support/house.js'
import { REQUIRED } from '../support/files.js'
import { look } from '../support/look.js'

test('a citizen finds the form as it was after signing in again', async ({ page }) => {
  await signIn(page, CITIZEN.login)
  await page.goto(FILING)
  await fillIn(page, { 'form.lo_dat_so': 'Thửa 77, “góc” <phố> & ngõ' })
  await page.context().clearCookies()
  await handIn(page).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hãy đăng nhập lại để tiếp tục')
  await expect(page.getByRole('main')).toContainText('Nội dung bạn đã điền vẫn còn')
  await expect(page.getByRole('main')).toContainText('Bạn cần chọn lại tệp')
  await look(page, '84-session-expired')
  await page.getByLabel('Tên đăng nhập').fill(CITIZEN.login)
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sai-mat-khau')
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page.locator('.govuk-error-summary')).toContainText('không đúng')
  await signInHere(page, CITIZEN.login)

  await expect(page.locator('.mc-flash')).toContainText('Nội dung đã điền vẫn còn')
  await expect(page.locator('.mc-flash')).toContainText('cần chọn lại các tệp')
  await expect(field(page, 'form.lo_dat_so')).toHaveValue('Thửa 77, “góc” <phố> & ngõ')
  await expect(field(page, 'agency')).toHaveValue(HOUSE.agency)
  await expect(choice(page, 'form.cam_ket', 'đồng ý')).toBeChecked()
  await look(page, '85-form-again')

  for (const [component, paper] of Object.entries(REQUIRED)) {
    await page.locator(`input[name="paper.${HOUSE.procedure}.${component}"]`).setInputFiles(paper)
  }
  await handIn(page).click()
  await expect(page).toHaveURL(/\/ho-so-cua-toi\/[0-9a-f]{32}\?xong=submit$/)
  await expect(page.getByRole('link', { name: REQUIRED.c18.name })).toBeVisible()
})

test('an official goes on with what was written, and nothing is done before', async ({ page, as }) => {
  const id = await file(await as(CITIZEN.login))
  await signIn(page, WARD.counter)
  await open(page, id, 'receive')
  await field(page, 'note').fill('Ghi chú dở dang của tôi')
  await page.context().clearCookies()
  await button(page, 'receive').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hãy đăng nhập lại để tiếp tục')
  await signInHere(page, WARD.counter)
  await expect(page.getByRole('main')).toContainText('Những gì bạn đã điền vẫn còn')
  await look(page, '89-go-on')

  const beside = await page.context().newPage()
  await beside.goto(`/ho-so/${id}`)
  await expect(beside.locator('.mc-identity__facts')).toContainText('Đã nộp, chờ tiếp nhận')

  await page.getByRole('button', { name: 'Gửi tiếp' }).click()
  await expect(page).toHaveURL(new RegExp(`/ho-so/${id}\\?da=receive$`))
  await expect(page.getByRole('main')).toContainText('Ghi chú dở dang của tôi')
})

async function signInHere(page, login) {
  await page.getByLabel('Tên đăng nhập').fill(login)
  await page.getByLabel('Mật khẩu', { exact: true }).fill('mot-cua-demo')
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page.getByRole('button', { name: 'Đăng xuất' })).toBeVisible()
}
