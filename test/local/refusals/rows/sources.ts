// Where AWS's words were read.

export const api = 'API reference'
/** Rules of a public linter whose author has deployed each failure and quotes AWS's answer. */
export const measured = (rule: string): string => `reported: badmintoncryer/cdk-preflight, ${rule}`
export const issue = (where: string): string => `reported: ${where}`
