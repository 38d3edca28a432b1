import { describe, expect, it } from 'vitest'
import { permissionOf } from '../../../src/aws/permission.ts'
import type { Answer, Request } from '../../../src/local/wire/dialect.ts'
import { checks } from '../../../src/deploy/verify/checks.ts'
import { handClock } from '../../handClock.ts'
import { callIn, jsonAnswer, settingsInProcess } from '../../sdkInProcess.ts'
import { ecr, role, told, verified, web, wholeWorld, worker } from './support.ts'

const permissions = [...new Set(checks.flatMap(({ needs }) => needs))].map(permissionOf)
const staged = wholeWorld()
const { aws } = staged

/** A role that lacks a permission. */
const without = (permission: string) => ({
  settings: settingsInProcess((request) =>
    permission.endsWith(`:${callIn(request).operation}`) ? denial(request, permission) : aws.handle(request),
  ),
})

/** Each service says so in its own words. */
function denial({ headers }: Request, permission: string): Answer {
  const message = `User: arn:aws:iam::1:user/ci is not authorized to perform: ${permission} on resource: *`
  if (headers['x-amz-target']) return jsonAnswer(400, { __type: 'AccessDeniedException', message })
  const error = (code: string): string => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  if (permission.startsWith('scheduler:')) {
    return { ...jsonAnswer(403, { Message: message }), headers: { 'x-amzn-errortype': 'AccessDeniedException' } }
  }
  const body = permission.startsWith('ec2:')
    ? `<Response><Errors>${error('UnauthorizedOperation')}</Errors></Response>`
    : `<ErrorResponse>${error('AccessDenied')}</ErrorResponse>`
  return { status: 403, headers: { 'content-type': 'text/xml' }, body }
}

const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } }
const classes = {
  Web: web({ updateServices: [{ cluster: 'my_cluster', service: 'web', networkConfiguration: network }] }),
  Worker: worker('worker', { image: `${ecr}/web:v9` }),
  Other: web({ taskDefinition: { taskRoleArn: role('nobody') } }),
}

describe('whoever may not look', () => {
  it.each(permissions)('is told that %s is missing, and the other checks are made', async (permission) => {
    const found = await verified(without(permission), classes)
    const unknown = found.filter(({ severity }) => severity === 'unknown')
    expect(unknown.length).toBeGreaterThan(0)
    expect(unknown.filter(({ what }) => !what.endsWith(`: the permission ${permission} is missing.`))).toEqual([])
    const errors = found.filter(({ severity }) => severity === 'error').map(told)
    const expected = [
      ...(permission === 'ecr:BatchGetImage'
        ? []
        : ['error images Worker/taskDefinition/containerDefinitions/0/image: ECR has no image web:v9.']),
      ...(permission === 'iam:GetRole'
        ? []
        : ['error roles Other/taskDefinition/taskRoleArn: There is no role nobody.']),
    ]
    expect(errors).toEqual(expected)
  })

  it('is told once of what is about several places', async () => {
    const found = await verified(without('iam:GetRole'), classes)
    expect(found.filter(({ check }) => check === 'roles').map(told)).toEqual([
      'unknown roles Web/taskDefinition/taskRoleArn: Could not check role web: the permission iam:GetRole is missing.',
      'unknown roles Web/taskDefinition/executionRoleArn and 1 more: Could not check role execution: the permission iam:GetRole is missing.',
      'unknown roles Other/taskDefinition/taskRoleArn: Could not check role nobody: the permission iam:GetRole is missing.',
      'unknown roles Web/eventTargets/0/Targets/0/RoleArn and 1 more: Could not check role events: the permission iam:GetRole is missing.',
      'unknown roles Web/schedules/0/Target/RoleArn and 1 more: Could not check role cron: the permission iam:GetRole is missing.',
    ])
  })
})

describe('what is in another region or account', () => {
  it('is unknown, and says where it is', async () => {
    const image = `${ecr.replace('us-east-1', 'eu-west-1')}/web:v1`
    const secrets = [
      { name: 'A', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/a' },
      { name: 'B', valueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:b-AbCdEf' },
      { name: 'C', valueFrom: 'arn:aws:ssm:us-east-1:210987654321:parameter/c' },
      { name: 'D', valueFrom: 'arn:aws:secretsmanager:us-east-1:210987654321:secret:d-AbCdEf' },
    ]
    const options = { 'awslogs-group': 'web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' }
    const taskRoleArn = role('web').replace('123456789012', '210987654321')
    const container = { image, secrets, logConfiguration: { logDriver: 'awslogs' as const, options } }
    const found = await verified(staged, { Web: web({ container, taskDefinition: { taskRoleArn } }) })
    const here = 'Web/taskDefinition/containerDefinitions/0'
    expect(found.map(told)).toEqual([
      `unknown images ${here}/image: Could not check ${image}: its registry is in eu-west-1, and calls go to us-east-1.`,
      'unknown roles Web/taskDefinition/taskRoleArn: Could not check role web: it is of account 210987654321, and the credentials are of 123456789012.',
      `unknown parameters ${here}/secrets/0/valueFrom: Could not check parameter a: it is in eu-west-1, and calls go to us-east-1.`,
      `unknown parameters ${here}/secrets/2/valueFrom: Could not check parameter c: it is of account 210987654321, and the credentials are of 123456789012.`,
      `unknown secrets ${here}/secrets/1/valueFrom: Could not check secret b: it is in eu-west-1, and calls go to us-east-1.`,
      `unknown secrets ${here}/secrets/3/valueFrom: Could not check secret d: it is of account 210987654321, and the credentials are of 123456789012.`,
      `unknown logGroups ${here}/logConfiguration/options/awslogs-group: Could not check log group web: it is in eu-west-1, and calls go to us-east-1.`,
    ])
  })
})

describe('AWS that cannot be reached', () => {
  const refused = (): never => {
    throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED', syscall: 'connect' })
  }

  it('refuses to have verified anything', async () => {
    const settings = settingsInProcess(refused)
    await expect(verified({ settings }, classes)).rejects.toMatchObject({ message: 'AWS cannot be reached.' })
  })

  it('leaves unknown what one service of it would say, as in a network without a way to it', async () => {
    const settings = settingsInProcess((request) =>
      callIn(request).operation === 'GetRole' ? refused() : aws.handle(request),
    )
    const found = await verified({ settings }, { Web: web() }, 'v1', handClock(0))
    expect(new Set(found.map(({ check, severity }) => `${severity} ${check}`))).toEqual(new Set(['unknown roles']))
  })
})

it('without credentials nothing is verified', async () => {
  const settings = settingsInProcess((request) =>
    callIn(request).operation === 'GetRole'
      ? aws.handle(request)
      : jsonAnswer(400, { __type: 'UnrecognizedClientException', message: 'The security token is invalid.' }),
  )
  await expect(verified({ settings }, classes)).rejects.toMatchObject({ code: 'NoCredentials' })
})
