import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { packages as imported } from '../floors/rooms.ts'
import { text } from '../docs/pages.ts'

/** Licences that ask for no more than their notice. A package with another one needs somebody to decide, and then a line here. */
const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

interface Locked {
  readonly license?: string
  readonly dev?: boolean
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

/** Every package that is installed, by its folder. */
const locked: Readonly<Record<string, Locked>> = JSON.parse(text('package-lock.json')).packages

/** What a user gets: everything that is no tool of ours, and what the build puts into `dist/`. */
const ours = ([folder, { dev = false }]: [string, Locked]): boolean => folder !== '' && (!dev || isBundled(folder))
const isBundled = (folder: string): boolean => folder.slice('node_modules/'.length) in imported
const production = Object.entries(locked).filter(ours)

/** What nobody has agreed to, by name. */
function faults(packages: readonly [string, Locked][]): string[] {
  return packages
    .filter(([, { license = '' }]) => !allowed.includes(license))
    .map(([folder, { license }]) => `${folder.replace('node_modules/', '')} has ${license ?? 'no licence'}`)
}

describe('the licence of every package that is installed with ours', () => {
  it('is one that asks for no more than its notice', () => {
    expect(production.length).toBeGreaterThan(40)
    expect(faults(production)).toEqual([])
  })

  it('is known of every dependency and of every bundled package', () => {
    const folders = production.map(([folder]) => folder)
    const bundled = Object.keys(manifest.devDependencies).filter((name) => name in imported)
    const needed = [...Object.keys(manifest.dependencies), ...bundled].map((name) => `node_modules/${name}`)
    expect(bundled).toEqual(['fastest-levenshtein', 'get-east-asian-width', 're2js'])
    expect(needed.filter((folder) => !folders.includes(folder))).toEqual([])
  })

  it('is what the package itself says, where it is on this machine', () => {
    const differing = production.flatMap(([folder, { license }]) => {
      const said = installedLicence(folder)
      return said === undefined || said === license ? [] : [`${folder}: ${said}, not ${license}`]
    })
    expect(differing).toEqual([])
  })

  it('is named with its package where it is another', () => {
    expect(
      faults([
        ['node_modules/one', { license: 'MIT' }],
        ['node_modules/two', { license: 'AGPL-3.0-only' }],
        ['node_modules/@three/four', {}],
      ]),
    ).toEqual(['two has AGPL-3.0-only', '@three/four has no licence'])
  })
})

describe('the lock file', () => {
  it('takes no package but by its checksum, and none from elsewhere than the npm registry', () => {
    const others = Object.entries(locked).filter(([folder, { resolved, integrity = '' }]) => {
      const isOfRegistry = resolved === undefined || resolved.startsWith('https://registry.npmjs.org/')
      return folder !== '' && !(isOfRegistry && integrity.startsWith('sha512-'))
    })
    expect(others.map(([folder]) => folder)).toEqual([])
  })

  it('has one package that runs something when it is installed: esbuild, on which tsx stands', () => {
    const running = production.filter(([, { hasInstallScript }]) => hasInstallScript)
    expect(running.map(([folder]) => folder)).toEqual(['node_modules/esbuild'])
  })
})

/** Of a package for another system nothing is there. */
function installedLicence(folder: string): string | undefined {
  try {
    return JSON.parse(text(`${folder}/package.json`)).license ?? 'nothing'
  } catch {
    return undefined
  }
}
