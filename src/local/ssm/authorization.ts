// What Systems Manager asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'
import type { Region } from '../world/world.ts'
import { parameterArn } from './parameter.ts'

const arnOf = (region: Region, name: string): string =>
  name.startsWith('arn:') ? name : parameterArn(region, name.replace(/:\d+$/, ''))

const ofParameter: Authorization<{ Name: string }> = ({ Name }, { region }) => onEach([arnOf(region, Name)])
const getParameters: Authorization<{ Names: string[] }> = ({ Names }, { region }) =>
  onEach(Names.map((name) => arnOf(region, name)))
const getParametersByPath: Authorization<{ Path: string }> = ({ Path }, { region }) => onEach([arnOf(region, Path)])

export const ssmAuthorizations: Authorizations = {
  deleteParameter: ofParameter,
  getParameter: ofParameter,
  getParameters,
  getParametersByPath,
  putParameter: ofParameter,
}
