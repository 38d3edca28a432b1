import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { running } from './service/support.ts'
import { type Meddle, stage } from './support.ts'

const arn = (name: string, { region = 'us-east-1', account = '123456789012' } = {}): string =>
  `arn:aws:ecs:${region}:${account}:${name}`

const elsewhere = { region: 'eu-west-1', account: '999999999999' }
const ofRegion = 'its ARN is of eu-west-1, and calls go to us-east-1.'
const ofAccount = 'its ARN is of account 999999999999, and the credentials are of 123456789012.'

/** AWS refuses what it sees to be another account's; the local AWS lets every account pass. */
const refusing: Meddle = ({ operation, input }) =>
  operation === 'DescribeServices' && JSON.stringify(input).includes(elsewhere.account)
    ? {
        status: 400,
        body: { __type: 'InvalidParameterException', message: 'Invalid identifier: Identifier is for 999999999999.' },
      }
    : undefined

const made = {
  clusters: ['my_cluster'],
  services: [{ cluster: 'my_cluster', service: 'web', taskDefinition: web().taskDefinition as any }],
}
const of = (update: { cluster?: string; service: string }): ReturnType<typeof web> =>
  web({ runTasks: [], eventTargets: [], updateServices: [update] })

describe('the ARN of a service', () => {
  it('names the cluster, in a class and for service update', async () => {
    const { deploy, runs } = stage(of({ service: arn('service/my_cluster/web') }), { made })
    expect(await deploy('v2')).toMatchObject({ exitCode: 0 })
    expect(runs('my_cluster/web')).toBe('web:2')
    const { update } = running()
    const service = arn('service/production1/doorman')
    expect(await update({ cluster: 'default', service, env: ['web=A=B'] })).toMatchObject({ exitCode: 0 })
  })

  it('is refused beside another cluster', async () => {
    const { update, sent } = running()
    const service = arn('service/production1/doorman')
    const { exitCode, problem } = await update({ cluster: 'staging', service, env: ['web=A=B'] })
    expect([exitCode, problem?.what, sent]).toEqual([2, 'The service is in cluster production1, not in staging.', []])
  })

  it.each([
    ['another region', { region: elsewhere.region }, ofRegion],
    ['another account', { account: elsewhere.account }, ofAccount],
  ])('of %s says so', async (_where, place, why) => {
    const deployed = await stage(of({ service: arn('service/my_cluster/web', place) }), {
      made,
      meddle: refusing,
    }).deploy('v2')
    expect([deployed.exitCode, deployed.writes, deployed.problem?.problems]).toEqual([
      2,
      [],
      [`Task/updateServices/0/service: there is no service web in cluster my_cluster; ${why}`],
    ])
    const { update } = running(undefined, { meddle: refusing })
    const updated = await update({ service: arn('service/production1/doorman', place), env: ['web=A=B'] })
    expect([updated.exitCode, updated.writes, updated.problem?.what]).toEqual([
      2,
      [],
      `There is no service doorman in cluster production1; ${why}`,
    ])
  })

  it('of a cluster in another region says so', async () => {
    const cluster = arn('cluster/production1', { region: elsewhere.region })
    const { update, run } = running()
    const what = `There is no cluster production1; ${ofRegion}`
    expect(await update({ cluster, env: ['web=A=B'] })).toMatchObject({ exitCode: 2, problem: { what } })
    expect(await run({ run: { cluster }, taskDefinition: 'doorman' })).toMatchObject({ exitCode: 2, problem: { what } })
  })
})
