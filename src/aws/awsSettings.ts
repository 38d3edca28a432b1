/** The settings of AWS that may be given. */

/** Where AWS is and who asks. What is left out or undefined, the SDK finds: environment, profiles, SSO, instance roles. */
export interface AwsSettings {
  /** `eu-west-1`. By default AWS_REGION, AWS_DEFAULT_REGION, then the profile's. */
  readonly region?: string | undefined
  /** A profile in the AWS configuration files. */
  readonly profile?: string | undefined
  /** The URL of another AWS than Amazon's, such as the local one: `http://127.0.0.1:4570`. */
  readonly endpoint?: string | undefined
  /** A key of its own. Better none: the SDK finds short-lived ones. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  /** The SDK's own setting: another way for requests to take than a socket of this machine, such as a proxy. */
  readonly requestHandler?: object | undefined
}
