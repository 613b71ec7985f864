// Một Cửa in a real Chromium, with JavaScript and without. The server is started by
// scripts/test-browser.sh, which sets MOTCUA_URL and MOTCUA_CHROMIUM.
import { defineConfig } from '@playwright/test'

const LAUNCH_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Several people are at work at once: the pages behind the front one must go on drawing.
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
]

export default defineConfig({
  testDir: 'tests',
  outputDir: 'artefacts/failures',
  reporter: [['list']],
  // One after another: all tests share one house, whose dossiers they move.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 5_000 },
  use: {
    baseURL: process.env.MOTCUA_URL ?? 'http://127.0.0.1:8080',
    headless: true,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1366, height: 900 },
    // A cap on a hang, not a promise: a busy machine once kept a renderer from drawing for 10 s.
    actionTimeout: 30_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    video: 'off',
    launchOptions: {
      executablePath: process.env.MOTCUA_CHROMIUM || undefined,
      args: LAUNCH_ARGS,
    },
  },
  projects: [
    { name: 'with-javascript' },
    {
      name: 'without-javascript',
      use: { javaScriptEnabled: false },
      // The pages are examined by axe, which is a script; the walks are repeated without scripts.
      testIgnore: 'pages/**',
    },
  ],
})
