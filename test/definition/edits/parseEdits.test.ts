import { describe, expect, it } from 'vitest'
import { type EditWords, notesOf, parseEdits } from '../../../src/definition/edits/parseEdits.ts'
import { EcsTaskError } from '../../../src/ground/errors.ts'

const nothing = {
  images: [],
  environment: [],
  secrets: [],
  logOptions: [],
  logSecrets: [],
  taskRole: undefined,
  cpu: undefined,
  memory: undefined,
}
const key = 'arn:aws:ssm:eu-west-1:123456789012:parameter/key'
const role = 'arn:aws:iam::123456789012:role/team/web'

describe('an image without a tag', () => {
  it('is deployed as latest, which is said', () => {
    const image = [
      'repo/img',
      'app=host:5000/repo/img',
      'repo/img:v1',
      'app=repo/img:latest',
      `repo/img@sha256:${'a'.repeat(64)}`,
    ]
    expect(notesOf({ image })).toEqual([
      '--image repo/img names no tag; deploying latest',
      '--image app=host:5000/repo/img names no tag; deploying latest',
    ])
    expect(notesOf({})).toEqual([])
  })

  it.each(['repo/img:undefined', 'app=repo/img:null', 'undefined/img:v1', 'repo/img-NaN:v1'])(
    'is not what a variable leaves behind that is not set: %s is refused',
    (word) =>
      expect(() => parseEdits({ image: [word] })).toThrow(
        expect.objectContaining({
          code: 'BadArguments',
          problems: [expect.stringMatching(/ has (undefined|null|NaN) in it, which an unset variable/)],
        }),
      ),
  )
})

describe('edits are parsed from words', () => {
  it('from no words', () => {
    expect(parseEdits({})).toEqual(nothing)
  })

  it.each<[title: string, words: EditWords, edits: object]>([
    [
      'as an image for every container of its repository',
      { image: ['docker.repo.com:5000/doorman:v42'] },
      { images: [{ image: { repository: 'docker.repo.com:5000/doorman', tag: 'v42' } }] },
    ],
    [
      'as an image without a tag, which is latest',
      { image: ['docker.repo.com/doorman'] },
      { images: [{ image: { repository: 'docker.repo.com/doorman', tag: 'latest' } }] },
    ],
    [
      'as an image for one container',
      { image: ['app=repo/img:v2', 'proxy=envoy'] },
      {
        images: [
          { container: 'app', image: { repository: 'repo/img', tag: 'v2' } },
          { container: 'proxy', image: { repository: 'envoy', tag: 'latest' } },
        ],
      },
    ],
    [
      'as an environment variable',
      { env: ['app=LEVEL=debug'] },
      { environment: [{ container: 'app', name: 'LEVEL', value: 'debug' }] },
    ],
    [
      'as a value with equals signs, blanks and line breaks in it',
      { env: ['app=OPTS=a=b= c\nd'] },
      { environment: [{ container: 'app', name: 'OPTS', value: 'a=b= c\nd' }] },
    ],
    [
      'as an empty value, which unsets',
      { env: ['app=LEVEL='] },
      { environment: [{ container: 'app', name: 'LEVEL', value: '' }] },
    ],
    ['as a secret', { secret: [`app=KEY=${key}`] }, { secrets: [{ container: 'app', name: 'KEY', value: key }] }],
    [
      'as an option of a log driver',
      { logOption: ['app=awslogs=awslogs-group=/x=y', 'app=awslogs=mode='] },
      {
        logOptions: [
          { container: 'app', logDriver: 'awslogs', name: 'awslogs-group', value: '/x=y' },
          { container: 'app', logDriver: 'awslogs', name: 'mode', value: '' },
        ],
      },
    ],
    [
      'as a secret of a log driver',
      { logSecret: [`app=splunk=splunk-token=${key}`] },
      { logSecrets: [{ container: 'app', logDriver: 'splunk', name: 'splunk-token', value: key }] },
    ],
    ['as a task role', { taskRole: role }, { taskRole: role }],
    [
      'as a task role of another partition',
      { taskRole: role.replace('aws', 'aws-cn') },
      { taskRole: role.replace('aws', 'aws-cn') },
    ],
    ['as no task role', { taskRole: 'None' }, { taskRole: 'none' }],
    ['as a size in units', { cpu: '512', memory: '1024' }, { cpu: '512', memory: '1024' }],
    ['as a size in vCPU and GB', { cpu: '.5 vCPU', memory: '1GB' }, { cpu: '.5 vCPU', memory: '1GB' }],
  ])('%s', (_, words, edits) => {
    expect(parseEdits(words)).toEqual({ ...nothing, ...edits })
  })
})

describe('a word that cannot be parsed is refused', () => {
  const image = 'must be IMAGE or CONTAINER=IMAGE, as in repo/img:v2 or app=repo/img:v2'
  const env = 'must be CONTAINER=NAME=VALUE, as in app=LEVEL=debug (or app=LEVEL= to unset it)'

  const first = (name: string): string => `if ${name} is a variable, put its container first: CONTAINER=${name}=…`

  it.each<[words: EditWords, problem: string]>([
    [{ image: [''] }, `--image "": ${image}`],
    [{ image: ['app='] }, `--image app=: ${image}`],
    [{ image: ['=repo/img'] }, `--image =repo/img: ${image}`],
    [{ image: ['app=b=repo/img'] }, `--image app=b=repo/img: ${image}`],
    [{ image: ['Repo/Img:v2:v3'] }, `--image Repo/Img:v2:v3: ${image}`],
    [{ image: ['repo/img v2'] }, `--image "repo/img v2": ${image}`],
    [{ env: ['LEVEL=debug'] }, `--env LEVEL=debug: ${env}; ${first('LEVEL')}`],
    [{ env: ['app'] }, `--env app: ${env}`],
    [{ env: ['=LEVEL=debug'] }, `--env =LEVEL=debug: ${env}`],
    [{ env: ['app==debug'] }, `--env app==debug: ${env}`],
    [
      { secret: [`KEY2=${key}`] },
      `--secret KEY2=${key}: must be CONTAINER=NAME=ARN, as in app=KEY=arn:aws:ssm:eu-west-1:123456789012:parameter/key (or app=KEY= to unset it); ${first('KEY2')}`,
    ],
    [
      { logOption: ['app=awslogs-group=/x'] },
      '--log-option app=awslogs-group=/x: must be CONTAINER=DRIVER=OPTION=VALUE, as in app=awslogs=awslogs-group=/app (or app=awslogs=awslogs-group= to unset it)',
    ],
    [
      { logSecret: ['app=splunk=url'] },
      '--log-secret app=splunk=url: must be CONTAINER=DRIVER=OPTION=ARN, as in app=splunk=splunk-token=arn:aws:ssm:eu-west-1:123456789012:parameter/token (or app=splunk=splunk-token= to unset it)',
    ],
    [
      { taskRole: 'web' },
      '--task-role web: must be the ARN of a role, as in arn:aws:iam::123456789012:role/web, or none',
    ],
    [
      { taskRole: role.replace('role', 'user') },
      `--task-role ${role.replace('role', 'user')}: must be the ARN of a role, as in arn:aws:iam::123456789012:role/web, or none`,
    ],
    [{ cpu: '0' }, '--cpu 0: must be CPU units or vCPU, as in 512 or ".5 vCPU"'],
    [{ cpu: '1.5' }, '--cpu 1.5: must be CPU units or vCPU, as in 512 or ".5 vCPU"'],
    [{ memory: '' }, '--memory "": must be MiB or GB, as in 1024 or "1 GB"'],
    [{ memory: '1 vCPU' }, '--memory "1 vCPU": must be MiB or GB, as in 1024 or "1 GB"'],
  ])('%j', (words, problem) => {
    expect(refusal(words).problems).toEqual([problem])
  })

  it('together with all other problems', () => {
    const words = { image: ['app=', 'repo/img:v2'], env: ['a', 'app=B=c', 'd'], taskRole: 'x', cpu: 'y' }
    const error = refusal(words)
    expect(error.code).toBe('BadArguments')
    expect(error.problems.map((problem) => problem.replace(/:.*/, ''))).toEqual([
      '--image app=',
      '--env a',
      '--env d',
      '--task-role x',
      '--cpu y',
    ])
  })

  it.each<[words: EditWords, secret: string]>([
    [{ env: ['DB_PASSWORD=hunter2'] }, 'hunter2'],
    [{ env: ['=API_TOKEN=hunter2'] }, 'hunter2'],
    [{ env: ['DATABASE_URL=postgres://web:hunter2@db/web'] }, 'hunter2'],
    [{ logOption: ['app=splunk-token=hunter2'] }, 'hunter2'],
  ])('without the secret in it: %j', (words, secret) => {
    const [problem] = refusal(words).problems
    expect(problem).toContain('•••')
    expect(problem).not.toContain(secret)
  })
})

function refusal(words: EditWords): EcsTaskError {
  try {
    parseEdits(words)
  } catch (error) {
    if (error instanceof EcsTaskError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
