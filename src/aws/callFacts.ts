/** What the table of calls knows of each call. */
import type { BucketName } from './limiter.ts'

/** AWS's services as the AWS CLI calls them. */
export type ClientName =
  | 'application-autoscaling'
  | 'autoscaling'
  | 'ec2'
  | 'ecr'
  | 'ecs'
  | 'elbv2'
  | 'events'
  | 'iam'
  | 'logs'
  | 'route53'
  | 's3'
  | 'scheduler'
  | 'secretsmanager'
  | 'servicediscovery'
  | 'sns'
  | 'ssm'
  | 'sts'

/** The list in the answer that is read page by page, and the names of the token in the question and in the answer. */
export interface Page {
  readonly items: string
  readonly size: string
  readonly most: number
  readonly token: string
  /** Where the answer calls it otherwise than the question does. */
  readonly next?: string
}

/** What is to be known of a call beside its input. */
export interface CallFacts {
  readonly client: ClientName
  /** AWS's name of it, where the table has another: two services have a CreateService. */
  readonly operation?: string
  /** Whether it can change anything in AWS. */
  readonly kind: 'read' | 'write'
  /** AWS's throttle bucket; calls of one bucket share its tokens. */
  readonly bucket: BucketName
  readonly page?: Page
  /** The list in the question that AWS takes only so many of at once, and the lists in the answer to join. */
  readonly batch?: { readonly of: string; readonly most: number; readonly items: readonly string[] }
  /** Sent again only when AWS certainly did not act: a second one would be a second thing. */
  readonly once?: true
}

type More = Omit<CallFacts, 'client' | 'kind' | 'bucket'>

/** What a service's table of calls is written with. */
export function tableOf(client: ClientName): Record<'read' | 'write', (bucket: BucketName, more?: More) => CallFacts> {
  return {
    read: (bucket, more) => ({ client, kind: 'read', bucket, ...more }),
    write: (bucket, more) => ({ client, kind: 'write', bucket, ...more }),
  }
}
