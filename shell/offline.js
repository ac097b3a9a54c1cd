// Registers the service worker (sw.js), where that makes sense: not in frames (the course page's own connection decides
// there), not from a file, not where the browser refuses. It never disturbs: a failure only means no offline use.

/** @param {(apply: () => void) => void} [onUpdate] called when a new version is ready; apply() reloads into it */
export async function keepOffline(onUpdate = () => {}) {
    if (!('serviceWorker' in navigator) || window.parent !== window || !/^https?:$/.test(location.protocol)) return;
    await new Promise((idle) => {
        if ('requestIdleCallback' in window) requestIdleCallback(idle, { timeout: 2000 });
        else setTimeout(idle, 1000);
    });
    try {
        const registration = await navigator.serviceWorker.register('sw.js');
        registration.addEventListener('updatefound', () => {
            const found = registration.installing;
            found?.addEventListener('statechange', () => {
                if (found.state !== 'installed' || !navigator.serviceWorker.controller) return;
                onUpdate(() => {
                    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
                    found.postMessage('update');
                });
            });
        });
    } catch {
        // private windows, sandboxed frames, policies: the lesson works without
    }
}
