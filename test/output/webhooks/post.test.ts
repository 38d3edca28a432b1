import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/ground/clock.ts'
import { poster } from '../../../src/output/webhooks/post.ts'

let proxy: Server | undefined
afterEach(() => {
  vi.unstubAllEnvs()
  proxy?.close()
})

test('a message goes through the proxy of the environment, which gets to know the host alone', async () => {
  const asked: (string | undefined)[] = []
  proxy = createServer().on('connect', ({ url }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
  vi.stubEnv('NO_PROXY', '')
  const post = poster(systemClock())
  const answer = post(new URL('https://hooks.example.com/services/hq3XvWc8'), '{}', new AbortController().signal)
  await Promise.allSettled([answer])
  expect(asked).toEqual(['hooks.example.com:443'])
})
