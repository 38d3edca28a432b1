/** Where the AWS console shows a service. */
import { visible } from '../ground/visible.ts'

/** The domain of the console in each partition of AWS; in others that there are nobody signs in from here. */
const domains: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
}

/** The page of a service; undefined where its ARN does not say where it is. */
export function serviceLink(
  serviceArn: string,
  { cluster, service }: { readonly cluster: string; readonly service: string },
): string | undefined {
  return link(serviceArn, `clusters/${encoded(cluster)}/services/${encoded(service)}/health`)
}

/** The page of all services of its cluster. */
export function clusterLink(serviceArn: string, { cluster }: { readonly cluster: string }): string | undefined {
  return link(serviceArn, `clusters/${encoded(cluster)}/services`)
}

/** Half a character, which no address has, is spelled out. */
const encoded = (name: string): string => encodeURIComponent(visible(name))

function link(serviceArn: string, page: string): string | undefined {
  const [, partition = '', , region = ''] = serviceArn.split(':')
  const domain = Object.hasOwn(domains, partition) ? domains[partition] : undefined
  if (domain === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined
  return `https://${region}.${domain}/ecs/v2/${page}?region=${region}`
}
