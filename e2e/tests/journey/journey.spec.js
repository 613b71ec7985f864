// The whole story of a house: from the search box of a citizen to the paper in her hands.
import { test, expect, signIn } from '../support/test.js'
import { confirm, firstOfficer, open, perform, workThrough } from '../support/acts.js'
import { expectPdf } from '../support/downloads.js'
import { field, fillIn, handIn, idOf, paper } from '../support/filing.js'
import { EXTRA, REQUIRED } from '../support/files.js'
import { CITIZEN, HOUSE, WARD } from '../support/house.js'
import { look } from '../support/look.js'

const CODE = /H\d\d\.\d\d-\d{6}-\d{4}/

test('a permit for a house, from the search to the result', async ({ page, as }) => {
  test.setTimeout(240_000)
  let id = ''
  let code = ''

  await test.step('a citizen finds the procedure, typed without diacritics', async () => {
    await page.goto('/')
    await look(page, '01-home')
    await page.getByRole('searchbox').fill(HOUSE.searched)
    await page.getByRole('main').getByRole('button', { name: 'Tìm' }).click()
    await expect(page).toHaveURL(/\/thu-tuc\?q=/)
    await look(page, '02-search')
    await page.locator(`main a[href="/thu-tuc/${HOUSE.procedure}"]`).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('nhà ở riêng lẻ')
    await look(page, '03-procedure')
  })

  await test.step('signs in on the way to the form', async () => {
    await page.locator(`main a[href^="/nop-ho-so/${HOUSE.procedure}"]`).first().click()
    await expect(page).toHaveURL(/\/dang-nhap\?next=/)
    await look(page, '04-sign-in')
    await signIn(page, CITIZEN.login)
    await expect(page).toHaveURL(new RegExp(`/nop-ho-so/${HOUSE.procedure}`))
    await look(page, '05-case')
    await page.getByLabel(HOUSE.caseName).check()
    await page.getByRole('main').getByRole('button', { name: 'Tiếp tục' }).click()
    await expect(field(page, 'form.lo_dat_so')).toBeVisible()
  })

  await test.step('fills in the form with its papers and hands in', async () => {
    await look(page, '06-form')
    await expect(field(page, 'applicant.name')).toHaveValue(CITIZEN.name)
    await fillIn(page)
    const inputs = await page.locator('input[type="file"]').all()
    expect(inputs.length).toBeGreaterThan(Object.keys(REQUIRED).length)
    for (const input of inputs) {
      const empty = await input.evaluate((element) => element.files.length === 0)
      if (empty) await input.setInputFiles(EXTRA)
    }
    await look(page, '07-form-filled')
    await expect(paper(page, 'c18')).toHaveCount(1)
    await handIn(page).click()
    await expect(page).toHaveURL(/\/ho-so-cua-toi\/[0-9a-f]{32}\?xong=submit$/)
    await expect(page.locator('.mc-flash')).toContainText('Đã nộp hồ sơ')
    await expect(page.getByRole('link', { name: REQUIRED.c18.name })).toBeVisible()
    id = idOf(page)
    await look(page, '08-handed-in')
  })

  await test.step('sees it among her dossiers', async () => {
    await page.getByRole('link', { name: 'Hồ sơ của tôi' }).first().click()
    await expect(page.locator(`main a[href="/ho-so-cua-toi/${id}"]`)).toBeVisible()
    await look(page, '09-my-dossiers')
  })

  await test.step('the counter officer receives it and prints the receipt', async () => {
    const counter = await as(WARD.counter)
    await expect(counter).toHaveURL(/\/cong-viec$/)
    await look(counter, '10-worklist-counter')
    await counter.locator(`main a[href="/ho-so/${id}"]`).click()
    await look(counter, '11-dossier-at-counter')
    await open(counter, id, 'receive')
    const kinds = counter.locator(`select[name="paper.${HOUSE.procedure}.c18"]`)
    await expect(kinds).toHaveValue('electronic_copy')
    await expect(counter.getByText(REQUIRED.c18.name)).toBeVisible()
    await field(counter, 'note').fill('Đủ giấy tờ.')
    await look(counter, '12-receive')
    await confirm(counter, 'receive')
    code = (await counter.locator('.mc-identity__code').innerText()).trim()
    expect(code).toMatch(CODE)
    await expect(counter.locator('.mc-flash')).toContainText(code)
    await expectPdf(counter, counter.locator('a[href$="/giay-tiep-nhan"]').first())
    await look(counter, '13-received')
  })

  await test.step('the unit leader assigns an officer', async () => {
    const leader = await as(WARD.unitLeader)
    await look(leader, '14-worklist-unit-leader')
    await leader.locator(`main a[href="/ho-so/${id}"]`).click()
    await open(leader, id, 'assign')
    await look(leader, '15-assign')
    await firstOfficer(leader)
    await confirm(leader, 'assign')
    await look(leader, '16-assigned')
  })

  await test.step('the officer works each step and proposes', async () => {
    const officer = await as(WARD.officer)
    await look(officer, '17-worklist-officer')
    const steps = await workThrough(officer, id, async (page, step) => {
      if (step === 1) await look(page, '18-work')
    })
    expect(steps).toBeGreaterThan(0)
    await open(officer, id, 'propose')
    await expect(field(officer, 'body')).toHaveValue(new RegExp(code))
    await look(officer, '19-propose')
    await confirm(officer, 'propose')
    await look(officer, '20-proposed')
    await expectPdf(officer, officer.locator('a[href$="/du-thao"]').first())
  })

  await test.step('the reviewer confirms', async () => {
    const reviewer = await as(WARD.unitLeader)
    await open(reviewer, id, 'work')
    await expect(reviewer.getByRole('main')).toContainText(CITIZEN.name)
    await look(reviewer, '21-review')
    await confirm(reviewer, 'work')
  })

  await test.step('the leader signs', async () => {
    const leader = await as(WARD.leader)
    await look(leader, '22-worklist-leader')
    await open(leader, id, 'sign')
    await look(leader, '23-sign')
    await confirm(leader, 'sign')
  })

  await test.step('the seal clerk issues', async () => {
    const clerk = await as(WARD.sealClerk)
    await look(clerk, '24-worklist-seal-clerk')
    await open(clerk, id, 'issue')
    await look(clerk, '25-issue')
    await confirm(clerk, 'issue')
  })

  await test.step('the counter gives it back', async () => {
    const counter = await as(WARD.counter)
    await perform(counter, id, 'give_back', async (page) => {
      await expect(field(page, 'recipient')).toHaveValue(CITIZEN.name)
      await look(page, '26-give-back')
    })
    await expectPdf(counter, counter.locator('main a[href$="/ket-qua"]').first())
    await look(counter, '27-given-back')
    await counter.goto(`/ho-so?tu-khoa=${code}`)
    await expect(counter.locator('main tbody tr')).toHaveCount(1)
    await look(counter, '28-dossiers-found')
  })

  await test.step('the citizen sees it and takes the result home', async () => {
    await page.goto('/ho-so-cua-toi')
    const row = page.locator('main tr', { has: page.locator(`a[href="/ho-so-cua-toi/${id}"]`) })
    await expect(row).toContainText('Đã trả kết quả')
    await row.getByRole('link').click()
    await expect(page.getByRole('main')).toContainText('Đã trả kết quả')
    await expectPdf(page, page.locator('main a[href$="/ket-qua"]'))
    await expectPdf(page, page.locator('a[href$="/giay-tiep-nhan"]'))
    await look(page, '29-finished')
  })

  await test.step('and finds it among all her results', async () => {
    await page.getByRole('link', { name: 'Kết quả của tôi' }).click()
    await expect(page).toHaveURL(/\/ket-qua-cua-toi$/)
    const mine = page.locator('main tbody tr').first()
    await expect(mine).toContainText(/H60\.30\.GPXD\.2026\.\d{4}/)
    await expect(mine).toContainText('Giấy phép xây dựng')
    await expectPdf(page, mine.getByRole('link', { name: 'Mở, in' }))
    await look(page, '29-own-results')
  })

  await test.step('anyone with the code sees the progress, and nobody in it', async () => {
    await page.context().clearCookies()
    await page.goto('/tra-cuu')
    await look(page, '30-tracking')
    // Small letters and blanks, as copied from a message.
    await page.getByLabel('Mã hồ sơ').fill(` ${code.toLowerCase()} `)
    await page.getByRole('main').getByRole('button', { name: 'Tra cứu' }).click()
    await expect(page).toHaveURL(/\/tra-cuu\?ma=/)
    await expect(page.getByRole('main')).toContainText(code)
    await expect(page.getByRole('main')).toContainText('Đã trả kết quả')
    const content = await page.content()
    for (const personal of [CITIZEN.name, CITIZEN.personalNumber, CITIZEN.phone, 'dan@demo.invalid']) {
      expect(content).not.toContain(personal)
    }
    await look(page, '31-tracked')
  })
})
