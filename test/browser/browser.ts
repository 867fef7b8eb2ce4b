import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a browser is installed: what CHROMIUM says, else where systems have it; undefined where there is none. */
export const CHROMIUM: string | undefined = [process.env.CHROMIUM ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);

/** A page that was opened from a file, and everything that went wrong on it. */
export interface Opened {
  readonly page: Page;
  /** Errors, warnings, violations of the page's policy, and requests for anything but the page. */
  readonly trouble: string[];
}

export interface Opener {
  open(html: string, options?: OpenOptions): Promise<Opened>;
  close(): Promise<void>;
}

export interface OpenOptions extends Pick<BrowserContextOptions, 'colorScheme' | 'javaScriptEnabled' | 'viewport'> {
  /** Runs in the page before anything of it does. */
  readonly before?: string;
}

const VIOLATIONS = `document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  console.warn('policy: ' + effectiveDirective + ' ' + blockedURI));`;

/** A browser that talks to nobody. Each page has a file and a context of its own. */
export async function startBrowser(executablePath: string): Promise<Opener> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
    headless: true,
  });
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-browser-'));
  let count = 0;
  return {
    async open(html, { before, ...options } = {}) {
      const path = join(folder, `${count++}.html`);
      await writeFile(path, html);
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const trouble: string[] = [];
      const own = pathToFileURL(path).href;
      page.on('console', (message) => trouble.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
      page.on('request', (request) => {
        if (request.url() !== own && !request.url().startsWith('data:')) trouble.push(`request: ${request.url()}`);
      });
      await page.addInitScript(`${VIOLATIONS}${before ?? ''}`);
      await page.goto(own);
      return { page, trouble };
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}
