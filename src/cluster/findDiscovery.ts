/** Reads the namespaces of Cloud Map and the discovery services in them. */
import type { Aws } from '../aws/aws.ts'
import { isDenied } from '../aws/denied.ts'
import { type FoundNamespace, type Tagged, isOurs } from './found.ts'
import { ownerOf, ownerTag } from './ownership.ts'
import { type Tags, discoveryServicesIn, discoveryTags } from './standing.ts'

/** Which namespaces to look for; the one called `namespace` also where it is not ours. */
interface DiscoveryQuery {
  readonly cluster: string
  /** Services and one-off tasks, by name; undefined: all that the cluster has, and so all namespaces. */
  readonly names: readonly string[] | undefined
  readonly namespace?: string | undefined
}

export async function findDiscovery(
  aws: Aws,
  { cluster, names, namespace: wanted }: DiscoveryQuery,
  signal: AbortSignal | undefined,
): Promise<FoundNamespace[]> {
  const Filters = [{ Name: 'TYPE' as const, Values: ['DNS_PRIVATE'], Condition: 'EQ' as const }]
  const { Namespaces = [] } = await aws.all('listNamespaces', { Filters }, signal)
  const tagged = <T extends Described>(thing: T): Promise<Tagged<T>> => tagsOf(aws, cluster, thing, signal)
  const all = await Promise.all(Namespaces.map(tagged))
  const candidates = all.filter((one) => !names || one.thing.Name === wanted || isOurs(one, cluster))
  return Promise.all(
    candidates.map(async (namespace) => {
      const services = await discoveryServicesIn(aws, namespace.thing.Id, signal)
      return { namespace, services: await Promise.all(services.map(tagged)) }
    }),
  )
}

interface Described {
  readonly Arn?: string | undefined
  readonly Description?: string | undefined
}

/** Cloud Map's lists show no tags: they are asked for where the description, which people edit, does not say the same. */
async function tagsOf<T extends Described>(
  aws: Aws,
  cluster: string,
  thing: T,
  signal: AbortSignal | undefined,
): Promise<Tagged<T>> {
  const { Arn, Description = '' } = thing
  if (Description.startsWith(ownerOf(cluster))) return { thing, tags: { [ownerTag]: Description } }
  const tags = await discoveryTags(aws, Arn, signal).catch(withoutTags)
  return { thing, tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])) }
}

/** What is gone by now has none; what nobody may ask about is taken for somebody else's, which is never changed. */
function withoutTags(error: unknown): Tags {
  if (isDenied(error) || (error as Error).name === 'ResourceNotFoundException') return []
  throw error
}
