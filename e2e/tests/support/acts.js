// The acts of officials, through their pages.
import { expect } from '@playwright/test'

const BUTTONS = {
  receive: 'Tiếp nhận hồ sơ',
  request_supplement: 'Gửi yêu cầu bổ sung',
  supplement: 'Ghi nhận bổ sung',
  refuse: 'Từ chối tiếp nhận',
  transfer: 'Chuyển hồ sơ',
  assign: 'Phân công',
  work: 'Hoàn thành bước',
  propose: 'Trình ký',
  send_back: 'Trả lại dự thảo',
  sign: 'Ký dự thảo này',
  issue: 'Cấp số và phát hành',
  give_back: 'Xác nhận đã trả kết quả',
  withdraw: 'Rút hồ sơ',
  request_payment: 'Gửi yêu cầu nộp tiền',
  confirm_payment: 'Xác nhận đã nộp',
  reappoint: 'Ký thư xin lỗi và hẹn lại',
  correct_due: 'Chấp nhận ngày hẹn mới',
  stop: 'Dừng giải quyết',
}

/** Opens the page of an act by its link on the page of the dossier. */
export async function open(page, id, act) {
  await page.goto(`/ho-so/${id}`)
  await page.locator(`main a[href^="/ho-so/${id}/${act}"]`).first().click()
  await expect(page).toHaveURL(new RegExp(`/ho-so/${id}/${act}`))
}

/** Presses the button of the act that is open, and is told that it is done. */
export async function confirm(page, act) {
  await button(page, act).click()
  await expect(page).toHaveURL(new RegExp(`\\?da=${act}$`))
  await expect(page.locator('.mc-flash')).toBeVisible()
}

export const button = (page, act) => page.getByRole('button', { name: BUTTONS[act], exact: true })

/** An act that needs nothing but its button, or little more. */
export async function perform(page, id, act, fill = async () => {}) {
  await open(page, id, act)
  await fill(page)
  await confirm(page, act)
}

/** The first officer of the list. */
export const firstOfficer = (page) => page.locator('[name="officer"]').first().check()

/** How many acts of that kind the dossier offers to this official. */
export async function offers(page, id, act) {
  await page.goto(`/ho-so/${id}`)
  return page.locator(`main .mc-actions a[href^="/ho-so/${id}/${act}"]`).count()
}

/** Works step after step, until the dossier offers none. */
export async function workThrough(page, id, looked = async () => {}) {
  let steps = 0
  while ((await offers(page, id, 'work')) > 0) {
    steps += 1
    expect(steps, 'steps of the process').toBeLessThan(20)
    await open(page, id, 'work')
    await looked(page, steps)
    await page.locator('[name="note"]').fill('Đã kiểm tra, đủ điều kiện.')
    await confirm(page, 'work')
  }
  return steps
}
