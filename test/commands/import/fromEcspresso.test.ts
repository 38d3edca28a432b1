import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { read } from '../../../src/definition/read.ts'
import { classText } from '../../../src/commands/import/classText.ts'
import { importEcspresso } from '../../../src/commands/import/ecspresso/fromFolder.ts'
import { ecspressoFiles } from './ecspressoFiles.ts'
import { evaluated } from './support.ts'

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** A folder with these files in place of the example's; undefined leaves one out. */
function folderOf(more: Readonly<Record<string, string | undefined>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecspresso-'))
  folders.push(folder)
  for (const [name, text] of Object.entries({ ...ecspressoFiles, ...more })) {
    if (text !== undefined) writeFileSync(join(folder, name), text)
  }
  return folder
}

const env = {
  STAGE: 'dev',
  JSON: '{"a":"b"}',
  SSM_SHOP_DB_ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/db',
  TFSTATE_AWS_IAM_ROLE_EXECUTION_ARN: 'arn:aws:iam::123456789012:role/execution',
}

describe('init --from-ecspresso', () => {
  const found = importEcspresso(folderOf())
  const text = classText(found)
  const definitionIn = (more: Readonly<Record<string, string>> = {}) =>
    read(evaluated(text, { ...env, ...Object.fromEntries(found.variables), ...more }), 'Web')

  it('writes a class that can be deployed, without a warning', () => {
    const { definition, warnings } = definitionIn()
    expect(warnings).toEqual([])
    expect(definition.taskDefinition).toEqual({
      family: 'web-dev',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      cpu: '256',
      memory: '512',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      containerDefinitions: [
        {
          name: 'web',
          image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:<image_tag>',
          essential: true,
          cpu: 128,
          environment: [
            { name: 'URL', value: 'https://shop.example.com/' },
            { name: 'JSON', value: '{"a":"b"}' },
            { name: 'API_TOKEN', value: 'tok-9s8d7f6s8d7f' },
            { name: 'QUOTED', value: String.raw`a "quoted" {not} \dev` },
          ],
          secrets: [{ name: 'DB', valueFrom: env.SSM_SHOP_DB_ARN }],
        },
        { name: 'nginx', image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/nginx:<image_tag>' },
      ],
      tags: [{ key: 'team', value: 'shop' }],
    })
  })

  it('declares what UpdateService takes of the service definition; the rest are comments', () => {
    expect(definitionIn().definition.updateServices).toEqual([
      {
        cluster: 'shop',
        service: 'web',
        desiredCount: 2,
        enableExecuteCommand: true,
        healthCheckGracePeriodSeconds: 30,
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
        },
        deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
      },
    ])
    for (const line of [
      'launchType: FARGATE',
      'tags: [{"key":"owner","value":"shop"}]',
      'plugins: [{"name":"tfstate"',
    ]) {
      expect(text).toContain(`//   ${line}`)
    }
  })

  it('reads variables as the templates do: the first that has a value, or else the default', () => {
    const { definition } = definitionIn({ COUNT: '5', HOST: '', OTHER_HOST: 'other.example.com', ESSENTIAL: 'false' })
    const [container] = definition.taskDefinition.containerDefinitions
    expect([
      definition.updateServices[0]?.desiredCount,
      container?.essential,
      container?.environment?.[0]?.value,
    ]).toEqual([5, false, 'https://other.example.com/'])
  })

  it('refuses to go on without a variable that must be set, and keeps secrets out of the file', () => {
    expect(() => evaluated(text, {})).toThrow('The environment variable STAGE is not set.')
    expect([text.includes('tok-9s8d7f6s8d7f'), [...found.variables.keys()]]).toEqual([false, ['WEB_API_TOKEN']])
  })

  it('names functions of plugins, and what stands for them', () => {
    expect(text).toContain(
      '// No counterpart: {{ ssm `/shop/db-arn` }}. Pass its value as SSM_SHOP_DB_ARN, or read it in this file.',
    )
  })

  it('takes for the tag what stands behind a repository that is a template, too', () => {
    const image = '{{ tfstate `aws_ecr_repository.web.repository_url` }}:{{ must_env `TAG` }}'
    const task = `{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "${image}", "memory": 512 }] }`
    const other = importEcspresso(folderOf({ 'ecs-task-def.json': task }))
    const url = { TFSTATE_AWS_ECR_REPOSITORY_WEB_REPOSITORY_URL: 'registry.example.com/web' }
    const [container] = evaluated(classText(other), url).taskDefinition.containerDefinitions
    expect(container?.image).toBe('registry.example.com/web:<image_tag>')
  })

  it('warns of a service that ECS does not deploy', () => {
    const service = '{ "deploymentController": { "type": "CODE_DEPLOY" } }'
    expect(importEcspresso(folderOf({ 'ecs-service-def.json': service })).warnings).toContain(
      'The service is deployed by CODE_DEPLOY: ecs-task deploys only services with the ECS deployment controller.',
    )
  })

  const config = (text_: string): Record<string, string> => ({ 'ecspresso.yml': text_ })
  it.each([
    ['no configuration', { 'ecspresso.yml': undefined }, 'has no files of ecspresso'],
    ['no task definition', config('cluster: shop'), 'names no task definition'],
    ['Jsonnet', config('task_definition: task.jsonnet'), 'is Jsonnet'],
    ['a file that is not there', config('task_definition: missing.json'), 'missing.json cannot be read'],
    [
      'a condition',
      { 'ecs-task-def.json': '{ {{ if true }}"family": "web"{{ end }} }' },
      "has a template that can't be imported: {{ if true }}",
    ],
    ['no JSON', { 'ecs-task-def.json': '{ "family": ' }, "ecs-task-def.json can't be read as YAML"],
    ['a list', { 'ecs-task-def.json': '[]' }, 'ecs-task-def.json is no object'],
  ])('refuses %s', (_what, files, problem) => {
    expect(() => importEcspresso(folderOf(files))).toThrow(problem)
  })
})
