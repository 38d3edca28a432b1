/** The calls to EC2. */
import type * as ec2 from '@aws-sdk/client-ec2'
import { type CallFacts, type Page, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to EC2. */
export interface Ec2Calls {
  describeLaunchTemplates: [ec2.DescribeLaunchTemplatesCommandInput, ec2.DescribeLaunchTemplatesCommandOutput]
  describeSecurityGroups: [ec2.DescribeSecurityGroupsCommandInput, ec2.DescribeSecurityGroupsCommandOutput]
  describeSubnets: [ec2.DescribeSubnetsCommandInput, ec2.DescribeSubnetsCommandOutput]
  terminateInstances: [ec2.TerminateInstancesCommandInput, ec2.TerminateInstancesCommandOutput]
}

const { read, write } = tableOf('ec2')

export const ec2Calls: Readonly<Record<keyof Ec2Calls, CallFacts>> = {
  describeLaunchTemplates: read('ec2Read', {
    batch: { of: 'LaunchTemplateIds', most: 200, items: ['LaunchTemplates'] },
  }),
  describeSecurityGroups: read('ec2Read', { page: ec2Page('SecurityGroups') }),
  describeSubnets: read('ec2Read', { page: ec2Page('Subnets') }),
  terminateInstances: write('ec2Modify'),
}

function ec2Page(items: string): Page {
  return { items, size: 'MaxResults', most: 1000, token: 'NextToken' }
}
