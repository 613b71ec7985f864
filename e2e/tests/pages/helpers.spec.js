// The inspectors themselves: each must see a fault that is put before it.
import { test, expect, watch } from '../support/test.js'
import { expectFocusVisible } from '../support/keyboard.js'
import { expectAccessible, expectNoSidewaysScroll } from '../support/look.js'

test('axe sees a field without its label', async ({ page }) => {
  await page.goto('/tra-cuu')
  await expectAccessible(page)
  await page.evaluate(() => document.querySelector('label[for="ma"]').remove())
  await expect(expectAccessible(page)).rejects.toThrow(/label \(/)
})

test('axe sees a target that is too small, a rule that it leaves off by default', async ({ page }) => {
  await page.goto('/tra-cuu')
  await page.evaluate(() => {
    for (const name of ['a', 'b']) {
      const button = document.createElement('button')
      button.setAttribute('aria-label', name)
      button.style.cssText = 'width:10px;height:10px;padding:0;margin:0;border:0;background:#000'
      document.querySelector('main').append(button)
    }
  })
  await expect(expectAccessible(page)).rejects.toThrow(/target-size/)
})

test('something too wide is seen', async ({ page }) => {
  await page.goto('/tra-cuu')
  await expectNoSidewaysScroll(page)
  await page.evaluate(() => {
    document.querySelector('h1').style.width = '400px'
  })
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow(/beyond the edge: <h1/)
})

test('a focus that does not show is seen', async ({ page }) => {
  await page.goto('/tra-cuu')
  await page.locator('main button').focus()
  await expectFocusVisible(page)
  await page.evaluate(() => {
    const place = document.createElement('div')
    place.tabIndex = 0
    place.textContent = 'Không có viền'
    place.style.outline = 'none'
    document.querySelector('main').prepend(place)
    place.focus()
  })
  await expect(expectFocusVisible(page)).rejects.toThrow(/the focus is visible/)
})

test('faults of a page are collected', async ({ page }) => {
  const faults = []
  const other = await page.context().newPage()
  watch(other, faults)
  await other.goto('/tra-cuu')
  expect(faults).toEqual([])
  await other.evaluate(() => console.error('sai'))
  await other.evaluate(() => void setTimeout(() => { throw new Error('hỏng') }))
  await expect.poll(() => faults.length).toBe(2)
})
