/** Subnets and security groups: whether they are there, and of one VPC. */
import type { NetworkConfiguration } from '@aws-sdk/client-ecs'
import type { Method } from '../../../aws/aws.ts'
import { grouped } from '../grouped.ts'
import { type Check, type Found, error, unknown } from '../finding.ts'
import type { Answer, Reads } from '../reads.ts'
import { type Starter, startersOf } from '../starters.ts'
import type { WantedNetwork } from '../subject.ts'
import type { World } from '../world.ts'

export const networks: Check = {
  name: 'networks',
  needs: ['describeSubnets', 'describeSecurityGroups', 'listTargetsByRule', 'getSchedule'],
  async of(world, reads) {
    const wanted = [...networksIn(world), ...(await startersOf(world, reads)).flatMap(ofStarter)]
    const [subnets, groups] = await Promise.all([
      vpcsOf(
        'describeSubnets',
        wanted.flatMap((one) => one.subnets),
        reads,
      ),
      vpcsOf(
        'describeSecurityGroups',
        wanted.flatMap((one) => one.securityGroups),
        reads,
      ),
    ])
    return wanted.flatMap((network) => [
      ...missing(network.at('/subnets'), network.subnets, 'subnet', subnets),
      ...missing(network.at('/securityGroups'), network.securityGroups, 'security group', groups),
      ...apart(network, subnets, groups),
    ])
  },
}

interface Network extends Pick<WantedNetwork, 'subnets' | 'securityGroups'> {
  /** Where a part of it is written; all of it for ''. */
  readonly at: (part: string) => string
}

function networksIn({ subjects }: World): Network[] {
  return subjects.flatMap(({ services, runs, networks: others, where }) => [
    ...services.flatMap(({ path, settings }) => configured(where, path, settings)),
    ...runs.flatMap((run, index) => configured(where, `runTasks/${index}`, run)),
    ...others.map((one) => ({ ...one, at: (part: string) => where(`${one.path}${part}`) })),
  ])
}

function configured(
  where: (path: string) => string,
  path: string,
  { networkConfiguration }: { networkConfiguration?: NetworkConfiguration | undefined },
): Network[] {
  const { subnets = [], securityGroups = [] } = networkConfiguration?.awsvpcConfiguration ?? {}
  if (subnets.length + securityGroups.length === 0) return []
  const at = (part: string): string => where(`${path}/networkConfiguration/awsvpcConfiguration${part}`)
  return [{ at, subnets, securityGroups }]
}

function ofStarter({ at: atMember, parameters }: Starter): Network[] {
  const { Subnets, SecurityGroups = [] } = parameters.NetworkConfiguration?.awsvpcConfiguration ?? {}
  if (!Subnets) return []
  // EventBridge writes its members with a capital.
  const at = (part: string): string =>
    atMember(
      `EcsParameters/NetworkConfiguration/awsvpcConfiguration${part.replace(/^\/./, (letters) => letters.toUpperCase())}`,
    )
  return [{ at, subnets: Subnets, securityGroups: SecurityGroups }]
}

type Vpcs = Answer<ReadonlyMap<string, string>>

/** EC2 takes so many values in a filter. It refuses ids that are not there, and passes them over in a filter. */
const mostValues = 200

/** The VPC of each of these that is there. */
async function vpcsOf(
  method: Extract<Method, 'describeSubnets' | 'describeSecurityGroups'>,
  asked: readonly string[],
  reads: Reads,
): Promise<Vpcs> {
  const ids = [...new Set(asked)].toSorted()
  const vpcs = new Map<string, string>()
  for (let at = 0; at < ids.length; at += mostValues) {
    const values = ids.slice(at, at + mostValues)
    const answer =
      method === 'describeSubnets'
        ? await reads.ask('describeSubnets', { Filters: [{ Name: 'subnet-id', Values: values }] })
        : await reads.ask('describeSecurityGroups', { Filters: [{ Name: 'group-id', Values: values }] })
    if (answer.state !== 'found') return answer
    const all =
      'Subnets' in answer.value
        ? (answer.value.Subnets ?? []).map(({ SubnetId, VpcId }) => [SubnetId, VpcId])
        : (('SecurityGroups' in answer.value && answer.value.SecurityGroups) || []).map(({ GroupId, VpcId }) => [
            GroupId,
            VpcId,
          ])
    for (const [id = '', vpc = ''] of all) vpcs.set(id, vpc)
  }
  return { state: 'found', value: vpcs }
}

function missing(where: string, ids: readonly string[], what: string, known: Vpcs): Found[] {
  if (ids.length === 0 || known.state === 'absent') return []
  if (known.state === 'unread') return [unknown(where, `${what} ${ids.join(', ')}`, known.why)]
  return ids
    .filter((id) => !known.value.has(id))
    .map((id) => error(where, `There is no ${what} ${id}.`, 'Check the id, the region and the account.'))
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
function apart({ at, subnets, securityGroups }: Network, ofSubnets: Vpcs, ofGroups: Vpcs): Found[] {
  const known = [
    ...(ofSubnets.state === 'found' ? subnets.map((id) => ({ id, vpc: ofSubnets.value.get(id) })) : []),
    ...(ofGroups.state === 'found' ? securityGroups.map((id) => ({ id, vpc: ofGroups.value.get(id) })) : []),
  ].filter(({ vpc }) => vpc !== undefined)
  const vpcs = grouped(known, ({ vpc = '' }) => vpc)
  if (vpcs.length < 2) return []
  const parts = vpcs.map((of) => `${of.map(({ id }) => id).join(', ')} in ${of[0]?.vpc}`)
  return [error(at(''), `Its network is in several VPCs: ${parts.join('; ')}.`, 'Name subnets and groups of one VPC.')]
}
