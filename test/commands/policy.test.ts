import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { endAll, lines, project } from './support.ts'

afterAll(endAll)

const aws = serveAws()
const user = 'arn:aws:iam::123456789012:user/local'

const policy = (...words: string[]) => ofClasses({ Web: serviceOf('web') })(['policy', ...words], aws().env)

/** Calls IAM as any client does. */
const iam = (form: Record<string, string>) =>
  fetch(aws().url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ Version: '2010-05-08', UserName: 'local', PolicyName: 'deploy', ...form })),
  })

describe('policy', () => {
  test('prints JSON and nothing else, for the account and the region that calls reach', async () => {
    const { exitCode, stdout, stderr } = await policy()
    const place = `Using local AWS at ${new URL(aws().url).host}, account 123456789012, us-east-1\n`
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: place })
    const { Version, Statement } = JSON.parse(stdout)
    expect(Version).toBe('2012-10-17')
    expect(Statement).toContainEqual({
      Sid: 'Services',
      Effect: 'Allow',
      Action: ['ecs:ListServiceDeployments', 'ecs:UpdateService'],
      Resource: ['arn:aws:ecs:us-east-1:123456789012:service/my_cluster/web'],
    })
  })

  test('needs a class', async () => {
    const ended = await ecsTask(['policy'], aws().env)
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' })
  })

  test('--check ends 0 where nothing is lacking, and 2 with what is', async () => {
    const every = await policy('--check')
    expect([every.exitCode, lines(every.stdout)]).toEqual([
      0,
      [expect.stringMatching(/^arn:aws:iam::123456789012:user\/local has all \d+ permissions\.$/)],
    ])
    const printed = JSON.parse((await policy()).stdout)
    const Statement = printed.Statement.filter(({ Sid }: { Sid: string }) => Sid !== 'Services')
    await iam({ Action: 'PutUserPolicy', PolicyDocument: JSON.stringify({ ...printed, Statement }) })
    try {
      const some = await policy('--check')
      expect(some.exitCode).toBe(2)
      expect(lines(some.stdout)).toEqual([
        '✗ ecs:ListServiceDeployments on arn:aws:ecs:us-east-1:123456789012:service/my_cluster/web',
        '    Services: no policy allows it',
        '✗ ecs:UpdateService on arn:aws:ecs:us-east-1:123456789012:service/my_cluster/web',
        '    Services: no policy allows it',
        expect.stringMatching(/ lacks 2 of \d+ permissions\.$/),
      ])
      const data = await policy('--check', '--json')
      expect(data.exitCode).toBe(2)
      expect(JSON.parse(data.stdout)).toMatchObject({
        principal: user,
        lacking: [{ action: 'ecs:ListServiceDeployments', statement: 'Services' }, { action: 'ecs:UpdateService' }],
        undecided: [],
      })
    } finally {
      await iam({ Action: 'DeleteUserPolicy' })
    }
  })
})

describe('local --policy', () => {
  test('refuses a policy that is malformed, with everything that is wrong', async () => {
    const { folder } = project({})
    const file = join(folder, 'policy.json')
    const refused = async (text: string) => {
      writeFileSync(file, text)
      return ecsTask(['local', '--port', '0', '--policy', file])
    }
    expect(await refused('{')).toMatchObject({ exitCode: 2, stdout: '' })
    const { exitCode, stderr } = await refused(JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'deploy' }] }))
    expect([exitCode, lines(stderr)]).toEqual([
      2,
      [
        `✗ ${file} is not an IAM policy that can be enforced.`,
        '  Statement/0/Action: "deploy" is not ecs:UpdateService, ecs:* or *.',
        '  Statement/0/Resource: there is none.',
        '  → Print one: ecs-task policy FILE > policy.json',
      ],
    ])
    expect(await ecsTask(['local', '--policy', join(folder, 'none.json')])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('none.json cannot be read.'),
    })
  })
})
