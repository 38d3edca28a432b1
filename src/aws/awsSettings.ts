/** The settings of AWS. */

/** Where AWS is and who calls it. The SDK finds omitted members: environment, profiles, SSO, instance roles. */
export interface AwsSettings {
  /** Such as `eu-west-1`. By default AWS_REGION, AWS_DEFAULT_REGION, then the region of the profile. */
  readonly region?: string | undefined
  /** A profile in the AWS configuration files. */
  readonly profile?: string | undefined
  /** The URL of an endpoint that is not Amazon's, such as the local AWS: `http://127.0.0.1:4570`. */
  readonly endpoint?: string | undefined
  /** A long-lived key. Better omit it: the SDK finds short-lived credentials. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  /** The SDK's own setting: how requests travel, for example through a proxy. */
  readonly requestHandler?: object | undefined
}
