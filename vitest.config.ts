import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,content,layers,package}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
});
