import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runProgram } from '../../src/commands/program/program.ts'
import { classCommands } from '../../src/EcsTask.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { web } from '../deploy/declared.ts'
import { fixturesOf } from '../deploy/support.ts'
import { capturing } from './inProcess.ts'

const serial = 'arn:aws:iam::123456789012:mfa/anna'
const question = `MFA code for ${serial}:`
const accepted = '123456'

const answer = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIATEMPORARY</AccessKeyId>
<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`
const refusal = `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>
<Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>`

let folder: string
let assumed: Record<string, string>[]
let signers: Set<string>
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString()
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const form = Object.fromEntries(new URLSearchParams(body))
    if (form['Action'] === 'AssumeRole') {
      assumed.push(form)
      const isAccepted = form['TokenCode'] === accepted
      response.writeHead(isAccepted ? 200 : 403).end(isAccepted ? answer : refusal)
      return
    }
    signers.add(/Credential=(\w+)/.exec(headers['authorization'] ?? '')?.[1] ?? '')
    const { method = '', url: path = '/' } = request
    const answered = aws.handle({ method, path, headers, body })
    response.writeHead(answered.status, answered.headers).end(answered.body)
  })
})
let aws: ReturnType<typeof createLocalAws>

beforeEach(async () => {
  ;[assumed, signers, aws] = [[], new Set(), createLocalAws({ now: Date.now })]
  aws.provision(fixturesOf([web()]))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  folder = mkdtempSync(join(tmpdir(), 'ecs-task-mfa-'))
  const config = join(folder, 'config')
  writeFileSync(
    config,
    `[profile keys]\naws_access_key_id = AKIALONG\naws_secret_access_key = s\n
[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = keys\nmfa_serial = ${serial}\nregion = us-east-1\n`,
  )
  vi.stubEnv('AWS_CONFIG_FILE', config)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'))
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** `status` with the profile, at a terminal where this is typed, or without one. */
async function status(typed?: string) {
  const context = capturing({ program: 'tsx web.ts', declared: [{ name: 'Web', source: web() }], env: {} })
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined })
  if (typed !== undefined) stdin.write(`${typed}\n`)
  const names = { binaryLabel: 'ecs-task', binaryName: 'tsx web.ts', binaryVersion: '1.2.3' }
  const exitCode = await runProgram(classCommands, ['status', '--profile', 'admin'], { ...context, stdin }, names)
  return { exitCode, ...context.said() }
}

describe('a profile that needs the code of an MFA device', () => {
  it('is asked for it once on a terminal, for all clients together', async () => {
    const { exitCode, stdout, stderr } = await status(accepted)
    expect([exitCode, stderr.split(question).length], stderr).toEqual([0, 2])
    expect(stdout).toContain('web:1')
    expect(assumed).toMatchObject([{ TokenCode: accepted, SerialNumber: serial }])
    expect(signers).toEqual(new Set(['ASIATEMPORARY']))
  })

  it.each([
    ['654321', 'AWS did not accept the MFA code.'],
    ['', 'No MFA code was given.'],
  ])('is refused with the code %j, and asked no second time', async (typed, what) => {
    const { exitCode, stderr } = await status(typed)
    expect([exitCode, stderr.split(question).length, stderr]).toEqual([2, 2, expect.stringContaining(`✗ ${what}`)])
    expect([assumed.length, signers.size]).toEqual([typed === '' ? 0 : 1, 0])
  })

  it('is one clear error without a terminal, which says what to do', async () => {
    const { exitCode, stderr } = await status()
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('✗ The profile needs an MFA code, and there is no terminal.'),
    ])
    expect(stderr).toContain('aws configure export-credentials --profile admin --format env')
    expect(stderr).not.toContain(question)
  })
})
