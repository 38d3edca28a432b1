import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from '../../commands/inProcess.ts'

const folder = mkdtempSync(join(tmpdir(), 'ecs-task-verify-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Neither a region nor credentials: nothing could be asked. */
const env = { AWS_REGION: undefined }
const long = [{ name: 'LONG', value: 'x'.repeat(70_000) }]
const awsvpc = {
  ...serviceOf('job', { environment: long }),
  updateServices: [],
  runTasks: [{ cluster: 'my_cluster' }],
}
const jobs = { ...awsvpc, taskDefinition: { ...awsvpc.taskDefinition, networkMode: 'awsvpc' } }

describe('verify --offline', () => {
  it('finds what needs no account, with what to do', async () => {
    const { exitCode, stdout, stderr } = await ofClasses({ Web: serviceOf('web'), Jobs: jobs })(
      ['verify', 'v1', '--offline'],
      env,
    )
    expect([exitCode, stderr]).toEqual([2, ''])
    expect(stdout.split('\n')).toEqual([
      '✗ The one-off task has no network, and needs one (awsvpc).',
      '    Jobs/runTasks/0/networkConfiguration',
      "    → Declare networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-…'] } }.",
      '✗ The task definition has 69 KiB, and ECS takes 64.',
      '    Jobs/taskDefinition',
      '    → Move long values into files of the image, or into parameters.',
      '2 errors in 6 checks.',
      '',
    ])
  })

  it('finds nothing in a sound class, and exits with 0', async () => {
    const { exitCode, stdout } = await ofClasses({ Web: serviceOf('web') })(['verify', 'v1', '--offline'], env)
    expect([exitCode, stdout]).toEqual([0, 'No problems in 6 checks.\n'])
  })

  it('has the problems of a bad definition among its findings, also as JSON', async () => {
    const web = ofClasses({ Web: serviceOf('web', { memory: 'much' }) })
    const { exitCode, stdout } = await web(['verify', 'v1', '--offline', '--json'], env)
    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      checks: ['definition'],
      findings: [
        {
          check: 'definition',
          severity: 'error',
          what: expect.stringMatching(/^memory must be .*\.$/),
          where: 'Web/taskDefinition/containerDefinitions/0/memory',
          fix: 'Change it, and verify again.',
        },
      ],
    })
  })

  it('finds a service that two classes update', async () => {
    const { exitCode, stdout } = await ofClasses({ Web: serviceOf('web'), Api: serviceOf('web') })(
      ['verify', 'v1', '--offline'],
      env,
    )
    expect([exitCode, stdout.split('\n')]).toEqual([
      2,
      [
        '✗ Service web is updated by Web/updateServices/0/service, too.',
        '    Api/updateServices/0/service',
        '    → Declare each service in one class only.',
        '1 error in 6 checks.',
        '',
      ],
    ])
  })

  it('takes no file for a tag', async () => {
    const { exitCode, stderr } = await ecsTask(['verify', 'web.ts', '--offline'], env)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Put the tag before the file: verify TAG web.ts')
  })

  it('refuses what cannot be a tag', async () => {
    const { exitCode, stderr } = await ofClasses({ Web: serviceOf('web') })(['verify', 'v 1', '--offline'], env)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('v 1')])
  })
})

describe('cluster verify --offline', () => {
  const verified = (text: string) => {
    const file = join(folder, 'stack.yml')
    writeFileSync(file, text)
    return ecsTask(['cluster', 'verify', 'my-cluster', '-f', file, '--offline'], env)
  }

  it('has the problems of the files among its findings', async () => {
    const { exitCode, stdout } = await verified('services:\n  - web:\n      imgae: web:v1\n      memory: 64\n')
    expect(exitCode).toBe(2)
    expect(stdout).toMatch(/✗ .*did you mean image\?\n.*stack\.yml:3:7: services\/web\/imgae\n/)
  })

  it('finds nothing in a sound stack', async () => {
    const { exitCode, stdout } = await verified('services:\n  - web:\n      image: web:v1\n      memory: 64\n')
    expect([exitCode, stdout]).toEqual([0, 'No problems in 6 checks.\n'])
  })
})
