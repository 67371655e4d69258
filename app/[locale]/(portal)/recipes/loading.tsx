export { LoadingBlock as default } from '#components/feedback/loading-block.tsx'
