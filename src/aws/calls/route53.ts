/** The calls to Route 53. */
import type * as route53 from '@aws-sdk/client-route-53'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to Route 53. */
export interface Route53Calls {
  getHostedZone: [route53.GetHostedZoneCommandInput, route53.GetHostedZoneCommandOutput]
  listResourceRecordSets: [route53.ListResourceRecordSetsCommandInput, route53.ListResourceRecordSetsCommandOutput]
  changeResourceRecordSets: [
    route53.ChangeResourceRecordSetsCommandInput,
    route53.ChangeResourceRecordSetsCommandOutput,
  ]
  getChange: [route53.GetChangeCommandInput, route53.GetChangeCommandOutput]
}

const { read, write } = tableOf('route53')

export const route53Calls: Readonly<Record<keyof Route53Calls, CallFacts>> = {
  getHostedZone: read('route53'),
  listResourceRecordSets: read('route53'),
  changeResourceRecordSets: write('route53'),
  getChange: read('route53'),
}
