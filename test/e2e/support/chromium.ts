/** The browser that set-up found; Playwright's own where none is named. */
const executablePath = process.env['SLIPWAY_CHROMIUM'];

export const chromiumLaunch = {
  browserName: 'chromium' as const,
  launchOptions: {
    ...(executablePath ? { executablePath } : {}),
    args: [
      // Root, as in a container, cannot have Chromium's sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};
