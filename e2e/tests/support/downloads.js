// Papers as they come over the wire, with the cookie of the page.
import { expect } from '@playwright/test'

/** The bytes behind a link: a PDF of some size. */
export async function expectPdf(page, link) {
  const href = await link.getAttribute('href')
  const response = await page.context().request.get(href)
  expect(response.status(), href).toBe(200)
  expect(response.headers()['content-type'], href).toContain('application/pdf')
  const bytes = await response.body()
  expect(bytes.subarray(0, 5).toString('latin1'), href).toBe('%PDF-')
  expect(bytes.length, href).toBeGreaterThan(2_000)
  return bytes
}
