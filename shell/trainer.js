// The training worker as the page sees it: started when the lab is first on screen, never before. It passes bytes both
// ways; what they mean is the engine's business.
//
//   const trainer = createTrainer({ worker: 'trainer/worker.js', simd, scalar, onReady, onReport, onFailed });
//   trainer.open('assets/lessons/x/tiny.weights');
//   trainer.tell(bytes);

/**
 * @param {{worker: string, simd: string, scalar: string, onReady: () => void, onReport: (bytes: Uint8Array) => void,
 *   onFailed: (message: string) => void}} options
 */
export function createTrainer({ worker: url, simd, scalar, onReady, onReport, onFailed }) {
  /** @type {Worker | null} */
  let worker = null;
  let ready = false;

  return {
    /** @param {string} weights */
    open(weights) {
      if (worker) {
        if (ready) queueMicrotask(onReady); // the lesson was loaded anew: the worker still is
        return;
      }
      try {
        worker = new Worker(url);
      } catch (problem) {
        queueMicrotask(() => onFailed(String(problem)));
        return;
      }
      worker.onmessage = ({ data }) => {
        if (data.type === 'report') onReport(data.bytes);
        else if (data.type === 'ready') {
          ready = true;
          onReady();
        } else onFailed(data.message);
      };
      worker.onerror = (event) => onFailed(event.message || 'the training worker stopped');
      worker.postMessage({ type: 'open', simd, scalar, weights: new URL(weights, document.baseURI).href });
    },
    /** @param {Uint8Array} bytes */
    tell: (bytes) => worker?.postMessage({ type: 'tell', bytes }),
  };
}
