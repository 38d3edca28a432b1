import { writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ecsTask } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'

const aws = serveAws()
const stack = join(mkdtempSync(join(tmpdir(), 'same-aws-')), 'stack.yml')
writeFileSync(stack, 'services:\n  - web:\n      image: repo/web:v1\n      memory: 64\n      network_mode: bridge\n')

describe('the commands that a person is told to type', () => {
  test('have the region and the profile that were given', async () => {
    const { stderr } = await ecsTask(
      ['instances', 'refresh', '-c', 'prod', '--region', 'eu-west-1', '--profile=shop'],
      aws().env,
    )
    expect(stderr).toContain(': ecs-task instances status --cluster prod --region eu-west-1 --profile shop\n')
  })

  test('have them also where a run tells them, of the AWS CLI too', async () => {
    const { stderr } = await ecsTask(['cluster', 'deploy', 'none', '-f', stack, '--region', 'us-east-1'], aws().env)
    expect(stderr).toContain(': aws ecs create-cluster --region us-east-1 --cluster-name none\n')
  })

  test('of a rehearsal say --local', async () => {
    const { stderr } = await ecsTask(['instances', 'refresh', '-c', 'prod', '--local'])
    expect(stderr).toContain(': ecs-task instances status --cluster prod --local\n')
  })
})
