import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam'
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UntagResourceCommand,
  paginateListSchedules,
} from '@aws-sdk/client-scheduler'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startServer } from '../../src/local/wire/server.ts'
import type { LocalServer } from '../../src/local/wire/server.ts'
import { localAws, start } from './support.ts'
import type { TestAws } from './support.ts'

let aws: TestAws
let server: LocalServer
let settings: {
  endpoint: string
  region: string
  maxAttempts: number
  credentials: { accessKeyId: string; secretAccessKey: string }
}
beforeEach(async () => {
  aws = localAws()
  server = await startServer(aws, { port: 0 })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  settings = { endpoint: server.url, region: 'us-east-1', maxAttempts: 1, credentials }
})
afterEach(() => server.close())

test('the client of EventBridge Scheduler creates, reads and pages schedules, and knows what is refused', async () => {
  const scheduler = new SchedulerClient(settings)
  const EndDate = new Date(start + 86_400_000)
  for (const Name of ['a', 'b', 'c']) {
    const { ScheduleArn } = await scheduler.send(
      new CreateScheduleCommand({
        Name,
        EndDate,
        ScheduleExpression: 'rate(1 day)',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 },
        Target: {
          Arn: 'arn:aws:sqs:us-east-1:123456789012:queue',
          RoleArn: 'arn:aws:iam::123456789012:role/scheduler',
        },
      }),
    )
    expect(ScheduleArn).toBe(`arn:aws:scheduler:us-east-1:123456789012:schedule/default/${Name}`)
  }
  expect(await scheduler.send(new GetScheduleCommand({ Name: 'a' }))).toMatchObject({
    EndDate,
    CreationDate: new Date(start),
  })
  const pages: (string | undefined)[][] = []
  for await (const { Schedules = [] } of paginateListSchedules(
    { client: scheduler, pageSize: 2 },
    { GroupName: 'default' },
  )) {
    pages.push(Schedules.map(({ Name }) => Name))
  }
  expect(pages).toEqual([['a', 'b'], ['c']])
  const group = 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/none'
  for (const command of [
    new GetScheduleCommand({ Name: 'none' }),
    new UntagResourceCommand({ ResourceArn: group, TagKeys: ['a', 'b'] }),
  ]) {
    const refused = scheduler.send(command as GetScheduleCommand)
    await expect(refused).rejects.toThrow(ResourceNotFoundException)
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('none does not exist.') })
  }
})

test('the clients of IAM, Systems Manager and Secrets Manager know what is refused', async () => {
  const RoleName = 'task'
  await expect(new IAMClient(settings).send(new GetRoleCommand({ RoleName }))).rejects.toThrow(NoSuchEntityException)
  const ssm = new SSMClient(settings)
  await expect(ssm.send(new GetParameterCommand({ Name: '/none' }))).rejects.toThrow(ParameterNotFound)
  aws.call('ssm', 'PutParameter', { Name: '/url', Value: 'größe', Type: 'String' })
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/url' }))
  expect(Parameter).toMatchObject({ Value: 'größe', LastModifiedDate: new Date(start) })
  const secrets = new SecretsManagerClient(settings)
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'db' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  })
  aws.call('secretsmanager', 'CreateSecret', { Name: 'db', SecretBinary: 'AAEC' })
  const { SecretBinary } = await secrets.send(new GetSecretValueCommand({ SecretId: 'db' }))
  expect(SecretBinary).toEqual(Uint8Array.of(0, 1, 2))
})
