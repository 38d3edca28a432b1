/** The SDK's client of each service that is called. */
import type { ClientName } from './callFacts.ts'

interface Service {
  readonly package: string
  readonly client: string
  readonly protocol: 'json' | 'query' | 'xml'
  /** Members of inputs that are sent in the path: whatever else an input has is in its body. */
  readonly inPath?: readonly string[]
  /** AWS's own id of it, under which its endpoint is configured: `AWS_ENDPOINT_URL_ROUTE_53`. */
  readonly id: string
  /** What its client is told beside what all are. */
  readonly settings?: object
}

export const services: Readonly<Record<ClientName, Service>> = {
  ecs: { package: '@aws-sdk/client-ecs', client: 'ECSClient', protocol: 'json', id: 'ECS' },
  ecr: { package: '@aws-sdk/client-ecr', client: 'ECRClient', protocol: 'json', id: 'ECR' },
  events: { package: '@aws-sdk/client-eventbridge', client: 'EventBridgeClient', protocol: 'json', id: 'EventBridge' },
  logs: {
    package: '@aws-sdk/client-cloudwatch-logs',
    client: 'CloudWatchLogsClient',
    protocol: 'json',
    id: 'CloudWatch Logs',
  },
  elbv2: {
    package: '@aws-sdk/client-elastic-load-balancing-v2',
    client: 'ElasticLoadBalancingV2Client',
    protocol: 'query',
    id: 'Elastic Load Balancing v2',
  },
  route53: { package: '@aws-sdk/client-route-53', client: 'Route53Client', protocol: 'xml', id: 'Route 53' },
  s3: {
    package: '@aws-sdk/client-s3',
    client: 'S3Client',
    protocol: 'xml',
    id: 'S3',
    // The bucket in the path works with every endpoint and with dots in its name; checksums of its own not every store knows.
    settings: {
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    },
  },
  servicediscovery: {
    package: '@aws-sdk/client-servicediscovery',
    client: 'ServiceDiscoveryClient',
    protocol: 'json',
    id: 'ServiceDiscovery',
  },
  iam: { package: '@aws-sdk/client-iam', client: 'IAMClient', protocol: 'query', id: 'IAM' },
  scheduler: {
    package: '@aws-sdk/client-scheduler',
    client: 'SchedulerClient',
    protocol: 'json',
    inPath: ['Name'],
    id: 'Scheduler',
  },
  secretsmanager: {
    package: '@aws-sdk/client-secrets-manager',
    client: 'SecretsManagerClient',
    protocol: 'json',
    id: 'Secrets Manager',
  },
  ssm: { package: '@aws-sdk/client-ssm', client: 'SSMClient', protocol: 'json', id: 'SSM' },
  sns: { package: '@aws-sdk/client-sns', client: 'SNSClient', protocol: 'query', id: 'SNS' },
  sts: { package: '@aws-sdk/client-sts', client: 'STSClient', protocol: 'query', id: 'STS' },
  'application-autoscaling': {
    package: '@aws-sdk/client-application-auto-scaling',
    client: 'ApplicationAutoScalingClient',
    protocol: 'json',
    id: 'Application Auto Scaling',
  },
  autoscaling: {
    package: '@aws-sdk/client-auto-scaling',
    client: 'AutoScalingClient',
    protocol: 'query',
    id: 'Auto Scaling',
  },
  ec2: { package: '@aws-sdk/client-ec2', client: 'EC2Client', protocol: 'query', id: 'EC2' },
}
