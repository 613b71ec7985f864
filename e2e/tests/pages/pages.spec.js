// Every page of the route table, with each role that may see it.
import { test, expect } from '../support/test.js'
import { look } from '../support/look.js'
import { visit } from '../support/visit.js'
import {
  CITIZEN_PAGES,
  COUNTER_PAGES,
  POSITIONS,
  PUBLIC,
  FIGURE_PAGES,
  STAFF_PAGES,
  pagesOfTheRouteTable,
  pagesVisited,
} from './table.js'

test('no page of the route table is left out here', () => {
  const pages = pagesOfTheRouteTable()
  expect(pages.length).toBeGreaterThan(30)
  const visited = pagesVisited()
  expect(pages.filter((page) => !visited.has(page))).toEqual([])
  expect([...visited].filter((page) => !pages.includes(page))).toEqual([])
})

test('the public pages, by anyone', async ({ page }) => {
  for (const { address } of PUBLIC) await visit(page, address)
})

test('the public pages in English', async ({ page }) => {
  for (const { address } of PUBLIC) {
    const question = address.includes('?') ? '&' : '?'
    await visit(page, `${address}${question}lang=en`, 'en')
    // Texts that the dictionary lacks would stand there as their keys.
    await expect(page.getByRole('main')).not.toContainText(/\b[a-z]+(-[a-z]+){1,4}\b =/)
  }
  await page.goto('/?lang=en')
  await look(page, '40-home-english')
  await page.goto('/thu-tuc/A2.XA.R2026')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await look(page, '41-procedure-english')
})

test('the public pages that the journey has no picture of', async ({ page }) => {
  for (const [address, name] of [
    ['/thu-tuc', '42-catalogue'],
    ['/thu-tuc?q=khong-co-thu-tuc-nao-nhu-the', '43-nothing-found'],
    ['/tro-giup-tiep-can', '44-accessibility'],
    ['/rieng-tu', '45-privacy'],
  ]) {
    await page.goto(address)
    await look(page, name)
  }
})

test('the pages of a citizen', async ({ as }) => {
  const page = await as('dan')
  for (const { address } of [...CITIZEN_PAGES, ...PUBLIC.slice(0, 2)]) await visit(page, address)
  for (const { address } of [...STAFF_PAGES, ...COUNTER_PAGES]) {
    expect((await page.goto(address)).status(), address).toBe(404)
  }
})

test('the pages of a counter', async ({ as }) => {
  for (const login of ['motcua.xa1', 'motcua.tinh']) {
    const page = await as(login)
    for (const { address } of COUNTER_PAGES.slice(0, 2)) await visit(page, address)
  }
  const page = await as('motcua.xa1')
  for (const { address } of COUNTER_PAGES.slice(2)) await visit(page, address)
  await page.goto('/quay')
  await look(page, '46-counter')
  await page.goto(COUNTER_PAGES[2].address)
  await look(page, '47-counter-case')
  await page.goto(COUNTER_PAGES[3].address)
  await look(page, '48-counter-form')
})

test('the pages of each official, with a dossier they may read', async ({ as }) => {
  for (const login of POSITIONS) {
    const page = await as(login)
    for (const { address } of STAFF_PAGES.slice(0, 2)) await visit(page, address)
    const first = page.locator('main tbody a[href^="/ho-so/"]').first()
    if (await first.count()) await visit(page, await first.getAttribute('href'))
  }
  const page = await as('kiemsoat')
  await visit(page, STAFF_PAGES[2].address)
  await page.goto('/ho-so')
  await look(page, '49-dossiers')
})

test('the figures, for who may see them', async ({ as }) => {
  for (const login of ['kiemsoat', 'lanhdao.xa1']) {
    const page = await as(login)
    for (const { address } of FIGURE_PAGES) await visit(page, address)
  }
  const page = await as('kiemsoat')
  await page.goto(FIGURE_PAGES[1].address)
  await look(page, '49-figures-of-the-province')
})

test('a signed-out visitor is led to the door, and from there back', async ({ page }) => {
  for (const { address } of [...CITIZEN_PAGES, ...STAFF_PAGES]) {
    await page.goto(address)
    await expect(page).toHaveURL(/\/dang-nhap\?next=/)
    expect(new URL(page.url()).searchParams.get('next')).toBe(address)
  }
})
