import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readStack } from '../../../src/cluster/file/readStack.ts'
import { importManifest } from '../../../src/commands/import/copilot/fromManifest.ts'
import { importEcspresso } from '../../../src/commands/import/ecspresso/fromFolder.ts'
import { importedAsStack } from '../../../src/commands/import/stackFromImported.ts'
import { ecspressoFiles } from './ecspressoFiles.ts'

const manifest = (file: string) =>
  importManifest(readFileSync(new URL(`./manifests/${file}`, import.meta.url), 'utf8'), file)
const env = {
  IMAGE_TAG: 'v9',
  COPILOT_ENVIRONMENT_NAME: 'test',
  HOST: 'shop.example.com',
  STAGE: 'dev',
  JSON: '{}',
  WORKER_DB_PASSWORD: 'correct-horse-battery',
  WEB_API_TOKEN: 'tok-9s8d7f6s8d7f',
  SSM_SHOP_DB_ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/db',
  TFSTATE_AWS_IAM_ROLE_EXECUTION_ARN: 'arn:aws:iam::123456789012:role/execution',
}
const servicesIn = (text: string) => readStack([{ name: 'stack.yml', text }], env).stack.services

describe('init --stack', () => {
  it.each(['backend.yml', 'worker.yml'])('writes a manifest as a stack file that can be deployed: %s', (file) => {
    const { text } = importedAsStack(manifest(file))
    const [service] = servicesIn(text)
    const name = file === 'worker.yml' ? 'worker' : 'api'
    expect(service).toMatchObject({ name, launchType: 'FARGATE', desiredCount: file === 'worker.yml' ? 2 : 3 })
    expect(service?.containers[0].image).toMatch(/:v9$/)
    expect(text).not.toContain('correct-horse-battery')
  })

  it('says in comments what a stack file has no key for', () => {
    const { text } = importedAsStack(manifest('backend.yml'))
    for (const line of [
      'runtimePlatform',
      'capacityProviderStrategy',
      'deployment.rollback_alarms.cpu_utilization: 70',
    ]) {
      expect(
        text
          .split('\n')
          .filter((one) => one.startsWith('#'))
          .join('\n'),
      ).toContain(line)
    }
  })

  it('does not say so of what it writes', () => {
    const placementConstraints = [{ type: 'memberOf', expression: 'attribute:size == large' }]
    const taskDefinition = { containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 64 }] }
    const members = { taskDefinition, updateServices: [{ service: 'web', placementConstraints }] }
    const { text } = importedAsStack({ name: 'web', about: [], members, variables: new Map(), warnings: [] })
    expect(text).not.toContain('No counterpart')
    expect(servicesIn(text)[0]).toMatchObject({ placementConstraints })
  })

  it('writes the files of ecspresso as a stack file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ecspresso-'))
    for (const [name, text] of Object.entries(ecspressoFiles)) writeFileSync(join(folder, name), text)
    const { text } = importedAsStack(importEcspresso(folder))
    rmSync(folder, { recursive: true })
    const [service] = servicesIn(text.replace('${HOST}', 'shop.example.com'))
    expect(service).toMatchObject({
      name: 'web',
      desiredCount: 2,
      network: { subnets: ['subnet-1'], securityGroups: ['sg-1'] },
    })
    expect(service?.containers.map(({ image }) => image)).toEqual(
      ['web', 'nginx'].map((name) => `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/${name}:v9`),
    )
    expect(text).toContain('# Set HOST; its default was shop.example.com.\n')
  })

  it('refuses a job', () => {
    expect(() => importedAsStack(manifest('job.yml'))).toThrow(
      'report is no service, and only services become stack files.',
    )
  })
})
