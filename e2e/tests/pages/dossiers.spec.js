// The pages of a dossier that the straight journey does not pass.
import { test, expect } from '../support/test.js'
import { button, confirm, firstOfficer, offers, open, perform, workThrough } from '../support/acts.js'
import { expectPdf } from '../support/downloads.js'
import { field, file, paper } from '../support/filing.js'
import { DRAWINGS, EXTRA } from '../support/files.js'
import { CITIZEN, HOUSE, WARD } from '../support/house.js'
import { look } from '../support/look.js'
import { visit } from '../support/visit.js'

const BASIS = 'NĐ 217/2026/NĐ-CP, Điều 60'

async function askFor(page, what) {
  await field(page, 'reason').fill('Hồ sơ chưa đủ, đề nghị bổ sung một lần.')
  await field(page, 'items.0.component').selectOption(`${HOUSE.procedure}.c18`)
  await field(page, 'items.0.what').fill(what)
  await field(page, 'items.0.legal_basis').fill(BASIS)
}

test('asked to supplement, supplemented by the citizen, received again', async ({ as }) => {
  const citizen = await as(CITIZEN.login)
  const counter = await as(WARD.counter)
  const id = await file(citizen)

  await open(counter, id, 'request_supplement')
  await look(counter, '50-request-supplement')
  await button(counter, 'request_supplement').click()
  await expect(counter.locator('.govuk-error-summary')).toBeVisible()
  await look(counter, '51-request-without-reason')
  await askFor(counter, 'Bản vẽ thiếu mặt cắt móng.')
  const rows = await counter.locator('textarea[name$=".what"]').count()
  await counter.getByRole('button', { name: /Thêm/ }).click()
  await expect(counter.locator('textarea[name$=".what"]')).toHaveCount(rows + 5)
  await expect(field(counter, 'items.0.what')).toHaveValue('Bản vẽ thiếu mặt cắt móng.')
  await confirm(counter, 'request_supplement')
  await look(counter, '52-supplement-requested')

  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await expect(citizen.getByRole('main')).toContainText('Bản vẽ thiếu mặt cắt móng.')
  await expect(citizen.getByRole('main')).toContainText(BASIS)
  await look(citizen, '53-citizen-is-asked')
  await citizen.locator('main a[href$="/bo-sung"]').click()
  await look(citizen, '54-supplement')
  await paper(citizen, 'c18').setInputFiles(EXTRA)
  await field(citizen, 'note').fill('Đã bổ sung mặt cắt móng.')
  await citizen.locator('main button[type="submit"]').last().click()
  await expect(citizen).toHaveURL(/\?xong=supplement$/)
  await expect(citizen.getByRole('link', { name: EXTRA.name })).toBeVisible()
  await look(citizen, '55-supplemented')

  await perform(counter, id, 'receive')
  await expect(counter.getByRole('main')).toContainText(EXTRA.name)
  await look(counter, '56-received-again')
})

test('refused at the counter, and why', async ({ as }) => {
  const citizen = await as(CITIZEN.login)
  const counter = await as(WARD.counter)
  const id = await file(citizen)
  await open(counter, id, 'refuse')
  await look(counter, '57-refuse')
  await button(counter, 'refuse').click()
  await expect(counter.locator('.govuk-error-summary')).toBeVisible()
  await fillRequired(counter, 'Không thuộc thẩm quyền của phường.')
  await confirm(counter, 'refuse')
  await look(counter, '58-refused')
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await expect(citizen.getByRole('main')).toContainText('Không thuộc thẩm quyền của phường.')
  await look(citizen, '59-citizen-is-refused')
})

test('withdrawn by the citizen', async ({ as }) => {
  const citizen = await as(CITIZEN.login)
  const id = await file(citizen)
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await citizen.locator('main a[href$="/rut"]').click()
  await look(citizen, '60-withdraw')
  await citizen.locator('main textarea').first().fill('Tôi muốn sửa thiết kế.')
  await citizen.getByRole('main').getByRole('button', { name: 'Rút hồ sơ' }).click()
  await expect(citizen).toHaveURL(/\?xong=withdraw$/)
  await look(citizen, '61-withdrawn')
})

test('withdrawn at the counter for the citizen', async ({ as }) => {
  const counter = await as(WARD.counter)
  const id = await file(await as(CITIZEN.login))
  await open(counter, id, 'withdraw')
  await look(counter, '62-withdraw-at-counter')
  await fillRequired(counter, 'Người nộp đề nghị rút tại quầy.')
  await confirm(counter, 'withdraw')
})

test('filed on paper at the counter: supplemented there, transferred, sent back twice', async ({ as }) => {
  const counter = await as(WARD.counter)
  const id = await fileAtCounter(counter)
  await look(counter, '63-filed-at-counter')
  await perform(counter, id, 'request_supplement', (page) => askFor(page, 'Thiếu sơ đồ vị trí.'))
  await open(counter, id, 'supplement')
  await look(counter, '64-supplement-at-counter')
  await countPapers(counter)
  await confirm(counter, 'supplement')
  await perform(counter, id, 'receive', countPapers)
  await open(counter, id, 'transfer')
  await look(counter, '65-transfer')
  await confirm(counter, 'transfer')

  const unitLeader = await as(WARD.unitLeader)
  const officer = await as(WARD.officer)
  await perform(unitLeader, id, 'assign', firstOfficer)
  await workThrough(officer, id)
  await perform(officer, id, 'propose', async (page) => {
    await page.locator('main a[href*="ket-qua=refused"]').click()
    await look(page, '66-propose-refusal')
    // The reasons are still three dots.
    await button(page, 'propose').click()
    await expect(page.locator('.govuk-error-summary')).toBeVisible()
    await look(page, '67-propose-unfinished')
    const text = await field(page, 'body').inputValue()
    await field(page, 'body').fill(text.replaceAll(': …', ': không phù hợp quy hoạch.'))
  })

  await open(unitLeader, id, 'send_back')
  await look(unitLeader, '68-send-back')
  await fillRequired(unitLeader, 'Cần nêu rõ căn cứ.')
  await confirm(unitLeader, 'send_back')
  await open(officer, id, 'propose')
  await expect(officer.getByRole('main')).toContainText('Cần nêu rõ căn cứ.')
  await look(officer, '69-propose-again')
  await confirm(officer, 'propose')
  await perform(unitLeader, id, 'work')

  const leader = await as(WARD.leader)
  await perform(leader, id, 'send_back', (page) => fillRequired(page, 'Sửa lại tiêu đề.'))
  await perform(officer, id, 'propose')
  await perform(unitLeader, id, 'work')
  await perform(leader, id, 'sign')
  await perform(await as(WARD.sealClerk), id, 'issue')
  await perform(counter, id, 'give_back')
  for (const paper of ['giay-tiep-nhan', 'du-thao', 'ket-qua']) {
    const link = counter.locator(`main a[href$="/${paper}"]`).first()
    if (paper !== 'du-thao' || (await link.count())) await expectPdf(counter, link)
  }
})

test('asked to supplement during appraisal', async ({ as }) => {
  const [citizen, counter] = [await as(CITIZEN.login), await as(WARD.counter)]
  const [unitLeader, officer] = [await as(WARD.unitLeader), await as(WARD.officer)]
  const id = await file(citizen)
  await perform(counter, id, 'receive')
  await perform(unitLeader, id, 'assign', firstOfficer)
  await perform(officer, id, 'request_supplement', (page) => askFor(page, 'Thiếu mặt bằng móng.'))
  await visit(officer, `/ho-so/${id}`)
  await citizen.goto(`/ho-so-cua-toi/${id}/bo-sung`)
  await paper(citizen, 'c18').setInputFiles(EXTRA)
  await citizen.locator('main button[type="submit"]').last().click()
  await expect(citizen).toHaveURL(/\?xong=supplement$/)
  await perform(counter, id, 'receive')
  expect(await offers(officer, id, 'work')).toBeGreaterThan(0)
})

test('the files of a dossier go to those who may read it', async ({ as }) => {
  const [citizen, counter] = [await as(CITIZEN.login), await as(WARD.counter)]
  const id = await file(citizen)
  let citizens = ''
  for (const [page, base] of [
    [citizen, `/ho-so-cua-toi/${id}`],
    [counter, `/ho-so/${id}`],
  ]) {
    await page.goto(base)
    const href = await page.getByRole('link', { name: DRAWINGS.name }).getAttribute('href')
    const response = await page.context().request.get(href)
    expect(response.status()).toBe(200)
    if (page === citizen) citizens = href
    expect((await response.body()).equals(DRAWINGS.buffer)).toBe(true)
    expect(response.headers()['content-disposition']).toContain('attachment')
  }
  const stranger = await as('dan2')
  const refused = await stranger.context().request.get(citizens)
  expect(refused.status()).toBe(404)
})

// Every required choice and text of an act that asks for a reason.
async function fillRequired(page, text) {
  for (const group of await page.locator('main fieldset .govuk-radios').all()) {
    await group.locator('input').first().check()
  }
  for (const area of await page.locator('main form textarea').all()) await area.fill(text)
  for (const line of await page.locator('main form input.govuk-input').all()) {
    if ((await line.inputValue()) === '') await line.fill(BASIS)
  }
}

// Every paper of the list lies there as an original.
async function countPapers(page) {
  for (const select of await page.locator('main select[name^="paper."]').all()) {
    await select.selectOption('original')
  }
}

async function fileAtCounter(page) {
  await page.goto(`/quay/nop/${HOUSE.procedure}?truong-hop=${HOUSE.case}`)
  const agency = field(page, 'agency')
  if ((await agency.count()) && (await agency.first().evaluate((node) => node.tagName)) === 'SELECT') {
    await agency.selectOption(HOUSE.agency)
  }
  for (const [name, text] of Object.entries({
    'applicant.name': CITIZEN.name,
    'applicant.personal_number': CITIZEN.personalNumber,
    'applicant.phone': CITIZEN.phone,
    'applicant.address': 'Tổ 5, phường Mẫu Một',
  })) {
    await field(page, name).fill(text)
  }
  for (const radios of await page.locator('main .govuk-radios').all()) {
    if ((await radios.locator('input:checked').count()) === 0) {
      await radios.locator('input').first().check()
    }
  }
  await countPapers(page)
  await button(page, 'supplement').or(page.getByRole('button', { name: 'Nộp hồ sơ' })).click()
  await expect(page).toHaveURL(/\/ho-so\/[0-9a-f]{32}\?da=submit$/)
  return new URL(page.url()).pathname.split('/')[2]
}
