// The test function of this suite: watches every page for faults, and signs people in.
import { test as base, expect } from '@playwright/test'
import { PASSWORD } from './house.js'

// Chromium reports each answer of 400 and more in the console; statuses are judged by the tests.
const ANSWER = /^Failed to load resource: the server responded with a status of 4\d\d/

/** Collects what must never happen on a page. */
export function watch(page, faults) {
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !ANSWER.test(message.text())) {
      faults.push(`console: ${message.text()} (${page.url()})`)
    }
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`)
  })
}

export const test = base.extend({
  faults: async ({}, use) => {
    const faults = []
    await use(faults)
    expect(faults, 'faults while the test ran').toEqual([])
  },

  page: async ({ page, faults }, use) => {
    watch(page, faults)
    await use(page)
  },

  // Cookies by sign-in name: who has signed in once need not again for each test.
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  // A page of somebody signed in, in a browser of their own; one for each sign-in name.
  as: async ({ browser, faults, sessions }, use) => {
    const pages = new Map()
    await use(async (login) => {
      if (!pages.has(login)) {
        const context = await browser.newContext()
        const page = await context.newPage()
        watch(page, faults)
        pages.set(login, page)
        await come(page, login, sessions)
      }
      return pages.get(login)
    })
    for (const page of pages.values()) await page.context().close()
  },
})

// With the cookie of before, or through the door; the page of signing in leads on either way.
async function come(page, login, sessions) {
  await page.context().addCookies(sessions.get(login) ?? [])
  await page.goto('/dang-nhap')
  if (!sessions.has(login)) {
    await signIn(page, login)
    sessions.set(login, await page.context().cookies())
  }
  await expect(page).toHaveURL(/\/(cong-viec|ho-so-cua-toi|kiem-tra)$/)
}

/** Signs in on the page of signing in. */
export async function signIn(page, login) {
  if (new URL(page.url(), 'http://x').pathname !== '/dang-nhap') await page.goto('/dang-nhap')
  await page.getByLabel('Tên đăng nhập').fill(login)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page).not.toHaveURL(/\/dang-nhap/)
}

export { expect }
