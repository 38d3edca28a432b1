import { describe, expect, it } from 'vitest'
import { type Keys, behind, certificates, edge, everything, fileOf, report } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'
import { written } from './written.ts'

const file = fileOf(everything)
const world = await worldOf(file)

const policy = 'SslPolicy=ELBSecurityPolicy-TLS13-1-2-2021-06'
const forward = 'DefaultActions.1.Type=forward DefaultActions.1.TargetGroupArn=my-cluster-edge-tg'
const modify = 'ModifyListener ListenerArn=my-cluster-edge-lb'
const percents = (minimum: number, maximum: number): string =>
  `deploymentConfiguration={deploymentCircuitBreaker:{enable:true,rollback:true},maximumPercent:${maximum},minimumHealthyPercent:${minimum},alarms:{alarmNames:[],rollback:false,enable:false},strategy:ROLLING}`

const reported = (keys: Keys) => ({ ...everything, report: { ...report, ...keys } })
const used = (keys: Keys) => ({ ...everything, user: { ...everything.user, ...keys } })
const edged = (keys: Keys) => ({ ...everything, edge: { ...everything.edge, ...keys } })
const revised = ['Register a new revision of my-cluster-report', 'Update service report in my-cluster']
const revision = 'revision: my-cluster-report:1 → the new revision of my-cluster-report'

/** What is changed in the file, how it differs from what runs, and what is then written. */
const changes: Record<
  string,
  [services: Readonly<Record<string, Keys>>, differs: string[], writes: RegExp | string[]]
> = {
  'an image': [
    reported({ image: 'report:v2' }),
    [`${revised[0]}\n  ~ containerDefinitions/report/image: report:v1 → report:v2`, `${revised[1]}\n  ${revision}`],
    /^RegisterTaskDefinition family=my-cluster-report .*\nUpdateService service=report taskDefinition=my-cluster-report:2$/,
  ],
  'a variable': [
    reported({ environment: { LEVEL: 'debug' } }),
    [`${revised[0]}\n  + containerDefinitions/report/environment/LEVEL/value: debug`, `${revised[1]}\n  ${revision}`],
    /^RegisterTaskDefinition family=my-cluster-report .*\nUpdateService service=report taskDefinition=my-cluster-report:2$/,
  ],
  'a secret': [
    reported({ secrets: { DATABASE_URL: 'arn:aws:ssm:us-east-1:123456789012:parameter/url' } }),
    [expect.stringContaining('secrets/DATABASE_URL/valueFrom: '), `${revised[1]}\n  ${revision}`],
    /^RegisterTaskDefinition family=my-cluster-report .*\nUpdateService service=report taskDefinition=my-cluster-report:2$/,
  ],
  'the desired count, without a deployment': [
    reported({ desired_count: 3 }),
    ['Scale service report to 3\n  desired_count: 1 → 3'],
    ['UpdateService service=report desiredCount=3'],
  ],
  'the percentages of a deployment, without a deployment': [
    reported({ deployment_configuration: { maximum_percent: 300 } }),
    ['Change service report in my-cluster\n  deployment_configuration: 50 to 200 percent → 50 to 300 percent'],
    [`UpdateService service=report ${percents(50, 300)}`],
  ],
  'the percentages and the desired count, in one call': [
    reported({ desired_count: 2, deployment_configuration: { minimum_healthy_percent: 100 } }),
    [
      'Change service report in my-cluster\n  deployment_configuration: 50 to 200 percent → 100 to 200 percent\n  desired_count: 1 → 2',
    ],
    [`UpdateService service=report desiredCount=2 ${percents(100, 200)}`],
  ],
  'placement constraints, without a deployment': [
    edged({ placement_constraints: [{ type: 'memberOf', expression: 'attribute:ecs.os-type == linux' }] }),
    [expect.stringContaining('Change service edge in my-cluster\n  placement_constraints: nothing → ')],
    ['UpdateService service=edge placementConstraints=[{type:memberOf,expression:attribute:ecs.os-type == linux}]'],
  ],
  'a port mapping': [
    edged({ ports: ['8080', '9000'] }),
    [
      expect.stringContaining('containerDefinitions/edge/portMappings'),
      expect.stringContaining('Update service edge in my-cluster\n  revision: my-cluster-edge:1 → '),
    ],
    /^RegisterTaskDefinition family=my-cluster-edge networkMode=bridge\nUpdateService service=edge taskDefinition=my-cluster-edge:2$/,
  ],
  'the container port behind a load balancer': [
    reported({ ports: [80, 81], elb: { ...report.elb, ports: { container: 81 } } }),
    [
      expect.stringContaining('containerDefinitions/report/portMappings'),
      expect.stringMatching(
        /report:1 → .*\n {2}elb: report:80 in targetgroup\/my-cluster-report-tg\/\w+ → report:81 in targetgroup\/my-cluster-report-tg\/\w+$/,
      ),
    ],
    /taskDefinition=my-cluster-report:2 loadBalancers=\[\{targetGroupArn:my-cluster-report-tg,containerName:report,containerPort:81\}\]$/,
  ],
  'the port of a listener': [
    behind({ ports: { public: 8443, container: 8080 } }),
    ['Change the listener of my-cluster-edge-lb\n  port: 443 → 8443'],
    [`${modify} Port=8443 Protocol=HTTPS ${policy} Certificates.1.CertificateArn=one ${forward}`],
  ],
  'HTTP to HTTPS': [
    reported({
      elb: { ...report.elb, protocol: 'HTTPS', certificates: [certificates[0]], ports: { public: 80, container: 80 } },
    }),
    [
      `Change the listener of my-cluster-report-lb\n  protocol: HTTP → HTTPS\n  tls_policy: nothing → ELBSecurityPolicy-TLS13-1-2-2021-06\n  certificate: nothing → ${certificates[0]}`,
    ],
    [
      `ModifyListener ListenerArn=my-cluster-report-lb Port=80 Protocol=HTTPS ${policy} Certificates.1.CertificateArn=one DefaultActions.1.Type=forward DefaultActions.1.TargetGroupArn=my-cluster-report-tg`,
    ],
  ],
  'HTTPS to HTTP': [
    behind({ protocol: 'HTTP', certificates: undefined }),
    [expect.stringContaining('protocol: HTTPS → HTTP\n  tls_policy: ELBSecurityPolicy-TLS13-1-2-2021-06 → nothing')],
    [`${modify} Port=443 Protocol=HTTP ${forward}`],
  ],
  'another certificate': [
    behind({ certificates: [certificates[2], certificates[1]] }),
    [`Change the listener of my-cluster-edge-lb\n  certificate: ${certificates[0]} → ${certificates[2]}`],
    [`${modify} Port=443 Protocol=HTTPS ${policy} Certificates.1.CertificateArn=three ${forward}`],
  ],
  'the certificates in another order': [
    behind({ certificates: [certificates[1], certificates[0]] }),
    [
      `Change the listener of my-cluster-edge-lb\n  certificate: ${certificates[0]} → ${certificates[1]}`,
      `Give the listener of my-cluster-edge-lb a certificate\n  certificates: nothing → ${certificates[0]}`,
    ],
    [
      `${modify} Port=443 Protocol=HTTPS ${policy} Certificates.1.CertificateArn=two ${forward}`,
      'AddListenerCertificates ListenerArn=my-cluster-edge-lb Certificates.1.CertificateArn=one',
    ],
  ],
  'one more certificate': [
    behind({ certificates }),
    [`Give the listener of my-cluster-edge-lb a certificate\n  certificates: nothing → ${certificates[2]}`],
    ['AddListenerCertificates ListenerArn=my-cluster-edge-lb Certificates.1.CertificateArn=three'],
  ],
  'one certificate fewer': [
    behind({ certificates: [certificates[0]] }),
    [`Take a certificate from the listener of my-cluster-edge-lb\n  certificates: ${certificates[1]} → nothing`],
    ['RemoveListenerCertificates ListenerArn=my-cluster-edge-lb Certificates.1.CertificateArn=two'],
  ],
  'the TLS policy': [
    behind({ tls_policy: 'ELBSecurityPolicy-2016-08' }),
    [
      'Change the listener of my-cluster-edge-lb\n  tls_policy: ELBSecurityPolicy-TLS13-1-2-2021-06 → ELBSecurityPolicy-2016-08',
    ],
    [
      `${modify} Port=443 Protocol=HTTPS SslPolicy=ELBSecurityPolicy-2016-08 Certificates.1.CertificateArn=one ${forward}`,
    ],
  ],
  'every member of a health check': [
    behind({
      healthcheck: {
        protocol: 'HTTPS',
        port: 9000,
        path: '/health',
        interval_seconds: 60,
        timeout_seconds: 20,
        healthy_threshold_count: 3,
        unhealthy_threshold_count: 4,
      },
    }),
    [
      'Change the health check of target group my-cluster-edge-tg\n  healthcheck.protocol: HTTP → HTTPS\n  healthcheck.port: traffic-port → 9000\n  healthcheck.path: / → /health\n  healthcheck.interval_seconds: 30 → 60\n  healthcheck.timeout_seconds: 5 → 20\n  healthcheck.healthy_threshold_count: 2 → 3\n  healthcheck.unhealthy_threshold_count: 10 → 4',
    ],
    [
      'ModifyTargetGroup TargetGroupArn=my-cluster-edge-tg HealthCheckProtocol=HTTPS HealthCheckPort=9000 HealthCheckPath=/health HealthCheckIntervalSeconds=60 HealthCheckTimeoutSeconds=20 HealthyThresholdCount=3 UnhealthyThresholdCount=4',
    ],
  ],
  'the name of a record, which deletes the old one': [
    behind({ dns: { hosted_zone_id: 'Z1', record_name: 'api.example.com' } }),
    [
      expect.stringMatching(/^Create record api\.example\.com\n {2}record: nothing → my-cluster-edge-lb-/),
      'Delete record www.example.com\n  record: as it is → nothing',
      'Tag the listener of my-cluster-edge-lb\n  tags/ecs-task:record: Z1/www.example.com → Z1/api.example.com',
    ],
    [
      'ChangeResourceRecordSets Change=UPSERT Name=api.example.com. DNSName=my-cluster-edge-lb.us-east-1.elb.amazonaws.com',
      'ChangeResourceRecordSets Change=DELETE Name=www.example.com. DNSName=my-cluster-edge-lb.us-east-1.elb.amazonaws.com.',
      'AddTags ResourceArns.1=my-cluster-edge-lb Tags.1.Key=ecs-task:record Tags.1.Value=Z1/api.example.com',
    ],
  ],
  'a record that was removed from the file': [
    behind({ dns: undefined }),
    [
      'Delete record www.example.com\n  record: as it is → nothing',
      'Tag the listener of my-cluster-edge-lb\n  tags/ecs-task:record: Z1/www.example.com → nothing',
    ],
    [
      'ChangeResourceRecordSets Change=DELETE Name=www.example.com. DNSName=my-cluster-edge-lb.us-east-1.elb.amazonaws.com.',
      'AddTags ResourceArns.1=my-cluster-edge-lb Tags.1.Key=ecs-task:record Tags.1.Value=',
    ],
  ],
  'a new record': [
    reported({ elb: { ...report.elb, dns: { hosted_zone_id: 'Z1', record_name: '*.example.com' } } }),
    [
      expect.stringContaining('Create record *.example.com\n'),
      'Tag the listener of my-cluster-report-lb\n  tags/ecs-task:record: nothing → Z1/=2A.example.com',
    ],
    [
      'ChangeResourceRecordSets Change=UPSERT Name=*.example.com. DNSName=internal-my-cluster-report-lb.us-east-1.elb.amazonaws.com',
      'AddTags ResourceArns.1=my-cluster-report-lb Tags.1.Key=ecs-task:record Tags.1.Value=Z1/=2A.example.com',
    ],
  ],
  'the network of tasks': [
    used({ network: { subnets: ['subnet-9'] } }),
    [
      'Update service user in my-cluster\n  network: public IP DISABLED, sg-2, subnet-3, subnet-4 → public IP DISABLED, sg-2, subnet-9',
    ],
    [
      'UpdateService service=user taskDefinition=my-cluster-user:1 networkConfiguration={awsvpcConfiguration:{subnets:[subnet-9],securityGroups:[sg-2],assignPublicIp:DISABLED}} forceNewDeployment=true',
    ],
  ],
  'the dependencies of a service': [
    { ...everything, edge },
    ['Tag service edge\n  tags/ecs-task:depends-on: user → nothing'],
    ['TagResource resourceArn=my-cluster/edge tags=[{key:ecs-task:depends-on,value:}]'],
  ],
}

describe('cluster deploy writes only what changed in the file, in place', () => {
  it.each(Object.entries(changes))('%s', async (_title, [services, differs, writes]) => {
    const stage = clusterStage({ world })
    const changed = fileOf(services)
    expect(await stage.diff(changed)).toEqual(differs)
    const first = await stage.deploy([changed])
    expect(first.result).toMatchObject({ exitCode: 0, left: [] })
    const wrote = first.writes.map(written)
    if (Array.isArray(writes)) expect(wrote).toEqual(writes)
    else expect(wrote.join('\n')).toMatch(writes)
    expect(await stage.diff(changed)).toEqual([])
    expect((await stage.deploy([changed])).writes).toEqual([])
  })

  it('the subnets and security groups of load balancers and tasks', async () => {
    const stage = clusterStage({ world })
    const vpc = {
      id: 'vpc-1',
      subnets: { public: ['subnet-1', 'subnet-5'], private: ['subnet-3', 'subnet-4'] },
      security_groups: { public: ['sg-5'], private: ['sg-2'] },
    }
    const changed = fileOf(everything, { vpc })
    const { result, writes } = await stage.deploy([changed])
    expect(result.exitCode).toBe(0)
    expect(writes.map(written).toSorted()).toEqual([
      'SetSecurityGroups LoadBalancerArn=my-cluster-edge-lb SecurityGroups.1=sg-5',
      'SetSubnets LoadBalancerArn=my-cluster-edge-lb Subnets.1=subnet-1 Subnets.2=subnet-5',
    ])
    expect(await stage.diff(changed)).toEqual([])
  })
})

describe('cluster deploy leaves alone', () => {
  it('a service that is no longer in the file', async () => {
    const stage = clusterStage({ world })
    const before = stage.standing()
    const { result, writes } = await stage.deploy([fileOf({ report })])
    expect(result).toMatchObject({ exitCode: 0, summary: 'Cluster my-cluster is already up to date; no changes.' })
    expect(writes).toEqual([])
    expect(stage.standing()).toEqual(before)
  })

  it('an old record that somebody has pointed elsewhere', async () => {
    const stage = clusterStage({ world })
    const ResourceRecordSet = { Name: 'www.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] }
    const ChangeBatch = { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] }
    stage.call('route53', 'ChangeResourceRecordSets', { HostedZoneId: 'Z1', ChangeBatch })
    const changed = behind({ dns: { hosted_zone_id: 'Z1', record_name: 'api.example.com' } })
    expect((await stage.deploy([fileOf(changed)])).result.exitCode).toBe(0)
    expect(stage.left()['records']).toEqual(expect.arrayContaining(['www.example.com. A', 'api.example.com. A']))
  })
})
