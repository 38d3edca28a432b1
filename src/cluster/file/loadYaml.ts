// The reader of YAML, loaded when it is first needed: only stacks are written in YAML.
import { lazy } from '../../ground/lazy.ts'

export const loadYaml = (): typeof import('yaml') => lazy('yaml')
