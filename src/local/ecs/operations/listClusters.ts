import type { Operation } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'

/** The ARNs of the ACTIVE clusters. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html */
export const listClusters: Operation = (input, { region }) => {
  const active = Object.values(region.clusters).filter(({ cluster }) => cluster.status === 'ACTIVE')
  const arns = active.map(({ cluster }) => cluster.clusterArn)
  const { items, nextToken } = page(arns, input, { default: 100, max: 100 })
  return { clusterArns: items, nextToken }
}
