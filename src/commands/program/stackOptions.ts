// The options of the commands that compare a cluster with the files of a stack.
import { Option } from 'clipanion'
import type { DeployClusterOptions } from '../../cluster/deployCluster.ts'
import { readStack } from '../../cluster/file/readStack.ts'
import { stackFiles } from '../../cluster/file/stackFiles.ts'
import { taskDefinitionOf } from '../../cluster/taskDefinitionOf.ts'
import { parsed, together } from '../options/composedOption.ts'
import type { LocalFixtures } from './localAws.ts'
import { logGroupsOf } from '../../definition/logGroups.ts'
import { names } from '../options/optionValues.ts'
import { clusterWord } from '../options/sharedOptions.ts'

/** Which cluster, which files, and which of their services. */
interface StackChoice {
  readonly cluster: string
  readonly file: readonly string[] | undefined
  readonly only: readonly string[] | undefined
}

export function stackOptions(): StackChoice {
  const options = {
    cluster: clusterWord(),
    file: Option.Array('-f,--file', { description: 'A stack file; several are merged in order' }),
    only: parsed(Option.String('--only', { description: 'Limit it to these services: web,worker' }), names('--only')),
  }
  return together(options, (values) => values)
}

/** What the files say is to be in the cluster. Throws `BadArguments` for files that cannot be read. */
export function readStackOptions(
  { cluster, file = [], only }: StackChoice,
  env: DeployClusterOptions['env'],
): DeployClusterOptions {
  return { cluster, files: stackFiles(file), env, only }
}

/**
 * What a local AWS needs for a stack: its cluster, its network, load balancers and target groups that it only names, its log
 * groups, the zones of its records.
 */
export function stackFixtures({ cluster, files, env }: DeployClusterOptions): LocalFixtures {
  const { vpc, services } = readStack(files, env).stack
  const zones = services.flatMap(({ elb }) => (elb?.dns ? [elb.dns] : []))
  return {
    clusters: [cluster],
    vpcs: vpc
      ? [
          {
            id: vpc.id,
            subnets: [...new Set([...vpc.subnets.public, ...vpc.subnets.private])].map((id) => ({ id })),
            securityGroups: [...new Set([...vpc.securityGroups.public, ...vpc.securityGroups.private])],
          },
        ]
      : [],
    loadBalancers: [...new Set(services.flatMap(({ elb }) => elb?.loadBalancerArn ?? []))],
    targetGroups: services.flatMap((service) => {
      const arn = service.elb?.targetGroupArn
      return arn === undefined ? [] : [{ arn, targetType: service.networkMode === 'awsvpc' ? 'ip' : 'instance' }]
    }),
    logGroups: services.flatMap((service) => logGroupsOf(taskDefinitionOf(cluster, service))),
    hostedZones: [...new Map(zones.map((zone) => [zone.hostedZoneId, zone])).values()].map(
      ({ hostedZoneId, recordName }) => ({ id: hostedZoneId, name: recordName.split('.').slice(-2).join('.') }),
    ),
  }
}
