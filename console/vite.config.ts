import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

/** Where the API answers while the console is being worked on: `vite console` beside a mock server or a running copy. */
const API = process.env.JAVOB_API ?? 'http://127.0.0.1:8000'

/** In the screens-only mode there is no telephone engine, so the phone is a make-believe one. */
const screensOnly: Plugin = {
  name: 'javob-screens-only',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/jssip-softphone.ts')
      ? fileURLToPath(new URL('dev/screens-softphone.ts', import.meta.url))
      : null,
}

export default defineConfig(({ mode }) => ({
  base: '/',
  plugins: [react(), ...(mode === 'screens' ? [screensOnly] : [])],
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 400 },
  server: { proxy: { '/api': API, '/sip': { target: API, ws: true } } },
}))
