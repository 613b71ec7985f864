// The inspector's path: from the article's claim to one dossier's receipt, and the printed
// conclusion. Then the first acts of an inspection of this year.
import { test, expect } from '../support/test.js'
import { expectPdf } from '../support/downloads.js'
import { field } from '../support/filing.js'
import { DRAWINGS, LAND, TEXT_AS_PDF } from '../support/files.js'
import { look } from '../support/look.js'

const CODE = 'KT-2018-01'
const main = (page) => page.getByRole('main')
const row = (page, text) => main(page).locator('tbody tr').filter({ hasText: text }).first()

test('from a claim of the article to the receipt of one dossier', async ({ as }) => {
  const page = await as('kiemtra')
  await expect(page).toHaveURL(/\/kiem-tra$/)
  await look(page, '90-inspections')
  await main(page).getByRole('link', { name: CODE }).click()
  await look(page, '91-inspection')
  await main(page).getByRole('link', { name: 'Đối chiếu số liệu báo cáo' }).click()
  await expect(main(page)).toContainText('5 + 12 + 41 = 58 > 53')
  await expect(row(page, 'Thủ tục trực tuyến mức độ 4')).toContainText('Khớp')
  await expect(row(page, 'Cắt giảm thời gian, thấp nhất')).toContainText('Khác')
  await look(page, '92-claims')
  await row(page, 'Cắt giảm thời gian, thấp nhất').getByRole('link').click()
  await expect(row(page, '20 %')).toContainText('Được tính')
  await look(page, '93-behind-a-cut')
  await page.goBack()
  await row(page, 'Tỷ lệ hồ sơ xong sớm hơn hẹn').getByRole('link').click()
  await look(page, '94-behind-a-share')
  await main(page).locator(`a[href^="/kiem-tra/${CODE}/ho-so/"]`).first().click()
  await expect(main(page)).toContainText('Lần đọc này đã được ghi lại')
  await look(page, '95-dossier-of-an-inspection')
  await expectPdf(page, main(page).locator('a[href$="/giay-tiep-nhan"]'))
  await expectPdf(page, main(page).locator('a[href$="/ket-qua"]'))
  await page.goto(`/kiem-tra/${CODE}/luot-xem`)
  await expect(main(page).locator('tbody tr').first()).toContainText('Mẫu Trưởng Đoàn')
  await look(page, '96-readings')
})

test('sample, checklist, findings, recommendations, and every paper', async ({ as }) => {
  const page = await as('kiemtra')
  for (const [at, name] of [
    ['mau', '97-sample'],
    ['phieu', '98-checklist'],
    ['phat-hien', '99-findings'],
    ['kien-nghi', '100-recommendations'],
    ['bieu', '101-data-forms'],
  ]) {
    await page.goto(`/kiem-tra/${CODE}/${at}`)
    await look(page, name)
  }
  await page.goto('/kiem-tra/theo-doi')
  await expect(row(page, 'trong đó chú trọng công tác chỉ đạo')).toContainText('Quá hạn')
  await look(page, '102-board')
  await page.goto('/kiem-tra/tong-hop')
  await look(page, '103-synthesis')
  await expectPdf(page, main(page).locator('a[href="/kiem-tra/tong-hop/2018"]'))
  await page.goto(`/kiem-tra/${CODE}`)
  const papers = main(page).locator('a[href*="/giay/"]')
  expect(await papers.count()).toBe(7)
  for (const link of await papers.all()) await expectPdf(page, link)
})

test('an inspection of this year is planned and set up, and its rules are told', async ({ as }) => {
  const page = await as('kiemtra')
  await page.goto('/kiem-tra/moi')
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(page.locator('.govuk-error-summary')).toBeVisible()
  await look(page, '104-plan-with-problems')
  await field(page, 'number').fill('31/KH-UBND')
  await field(page, 'form').selectOption('announced')
  await field(page, 'units').selectOption('U26.SXD')
  await field(page, 'purpose').fill('Kiểm tra cải cách hành chính năm nay.')
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(page.locator('.mc-flash')).toBeVisible()
  await main(page).getByRole('button', { name: 'Thành lập hoặc kiện toàn Đoàn' }).click()
  await field(page, 'number').fill('77/QĐ-UBND')
  await field(page, 'signed_by').fill('Phó Chủ tịch, Trần Văn Mẫu')
  await field(page, 'to').fill('30/12/2099')
  await field(page, 'members').selectOption('KT01')
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(main(page)).toContainText('đúng một Trưởng đoàn và đúng một Thư ký')
  await look(page, '105-delegation-without-secretary')
  await field(page, 'members.1').selectOption('KT02')
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(page.locator('.mc-flash')).toBeVisible()
  await main(page).getByRole('button', { name: 'Kết luận', exact: true }).click()
  await field(page, 'number').fill('1/TB')
  await field(page, 'signed_by').fill('Phó Trưởng Ban, Nguyễn Văn Mẫu')
  await field(page, 'assessment').fill('Chưa có biên bản.')
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(main(page)).toContainText('biên bản chưa đủ chữ ký')
})

test('files are evidence: chosen, told, kept, listed by their hashes, downloaded', async ({ as }) => {
  const page = await as('kiemtra')
  await page.goto('/kiem-tra')
  await main(page).getByRole('link', { name: /^KT-20(?!18)/ }).first().click()
  const code = new URL(page.url()).pathname.split('/').pop()
  await main(page).getByRole('link', { name: 'Tệp chứng cứ và tài liệu' }).click()
  await expect(main(page)).toContainText('Chưa có tệp nào.')
  await look(page, '106-no-files')
  await page.goto(`/kiem-tra/${code}/act/find`)
  await field(page, 'unit').selectOption('U26.SXD')
  await field(page, 'area').selectOption('C')
  await field(page, 'criterion').fill('C4')
  await field(page, 'severity').selectOption('violation')
  await field(page, 'text').fill('Quầy không niêm yết thủ tục.')
  await field(page, 'reminder').fill('Niêm yết lại trong ngày.')
  const input = main(page).locator('input[type=file]')
  await input.setInputFiles([LAND, TEXT_AS_PDF])
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(main(page)).toContainText('ghi-chu.pdf: Nội dung tệp này không phải PDF')
  await expect(main(page)).toContainText('giay-chung-nhan-dat.jpg')
  await look(page, '107-a-file-that-is-none')
  await input.setInputFiles([DRAWINGS])
  await main(page).getByRole('button', { name: 'Lưu' }).click()
  await expect(page.locator('.mc-flash')).toBeVisible()
  await page.goto(`/kiem-tra/${code}/phat-hien`)
  await look(page, '108-findings-with-files')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    main(page).getByRole('link', { name: 'giay-chung-nhan-dat.jpg' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('giay-chung-nhan-dat.jpg')
  await page.goto(`/kiem-tra/${code}/tep`)
  await expect(main(page).locator('tbody tr')).toHaveCount(2)
  await look(page, '109-files')
  await page.goto(`/kiem-tra/${code}/luot-xem`)
  await expect(main(page).locator('tbody tr').first()).toContainText('giay-chung-nhan-dat.jpg')
})
