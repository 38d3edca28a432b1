/** What reports of a run are made with: a file of its own in `dist`, loaded when one is asked for. */
export { annotations, annotationsOf } from './annotations.ts'
export { collecting } from './collected.ts'
export { outputLines, outputsOf } from './outputs.ts'
export { reportPage } from './page.ts'
export { readEvents } from './readEvents.ts'
export { runLink } from '../../ground/runLink.ts'
export { summaryMarkdown } from './summary.ts'
