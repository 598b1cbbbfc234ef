/** What our layers use of Leaflet 1.9.4 that its types leave out. */
import "leaflet";

declare module "leaflet" {
  interface Map {
    /** The world's pixel at the map pane's corner, for a view; Leaflet's own layers use it too. */
    _getNewPixelOrigin(center: LatLng, zoom: number): Point;
  }

  interface GridLayer {
    _tileZoom: number | undefined;
    _noPrune: boolean;
    _abortLoading?(): void;
    _updateLevels(): unknown;
    _resetGrid(): void;
    _update(center?: LatLng): void;
    _pruneTiles(): void;
    _setZoomTransforms(center: LatLng, zoom: number): void;
  }
}
