// Members for which AWS documents no constraint beside their type, by service.
const structures = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [structure = '', members = ''] = line.trim().split(': ')
      return members.split(' ').map((member) => `${structure}.${member}`)
    })

export const unconstrained: Readonly<Record<string, readonly string[]>> = {
  ecs: structures(`
    ContainerDefinition: command entryPoint dockerLabels workingDirectory
    ContainerOverride: environment
    DeploymentLifecycleHook: hookDetails
    Device: containerPath
    DockerVolumeConfiguration: driver driverOpts labels
    ExecuteCommandLogConfiguration: s3KeyPrefix
    InferenceAcceleratorOverride: deviceName deviceType
    LinuxParameters: tmpfs
    S3FilesVolumeConfiguration: rootDirectory
    ServiceConnectTestTrafficHeaderMatchRules: exact
    ServiceConnectTestTrafficHeaderRules: name
    TaskOverride: inferenceAcceleratorOverrides
    Tmpfs: containerPath
  `),
  events: structures(`
    AppSyncParameters: GraphQLOperation
    BatchRetryStrategy: Attempts
    HttpParameters: HeaderParameters QueryStringParameters
  `),
  elbv2: structures(`
    AuthenticateCognitoActionConfig: Scope SessionCookieName
    AuthenticateOidcActionConfig: ClientSecret Scope SessionCookieName
  `),
  autoscaling: structures(`
    CreateAutoScalingGroupType: Context
    Tag: ResourceId ResourceType
  `),
}
